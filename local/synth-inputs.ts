import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the assembly is made of: the app, what it bundles, and the packages that both use. */
const inputs = [
  'bin',
  'lib',
  'core',
  'lambdas',
  'web',
  'layers/ffmpeg/pins.json',
  'local/synth.ts',
  'package-lock.json',
  'cdk.json',
  'tsconfig.json',
];

/** A hash of the paths and contents of all inputs: by content, since a clone or a checkout touches every time stamp. */
export function hashOfInputs(projectDir: string): string {
  const hash = createHash('sha256');
  for (const path of inputs.flatMap((input) => filesUnder(projectDir, input))) {
    const content = readFileSync(join(projectDir, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function filesUnder(projectDir: string, path: string): string[] {
  const stats = statSync(join(projectDir, path), { throwIfNoEntry: false });
  if (!stats) return [];
  if (!stats.isDirectory()) return [path];
  const names = readdirSync(join(projectDir, path)).sort();
  return names.flatMap((name) => filesUnder(projectDir, join(path, name)));
}
