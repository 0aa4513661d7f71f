import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fetchProgram } from './fetch-program.ts';
import pins from './pins.json' with { type: 'json' };
import { readVersion } from './resolve-ffmpeg.ts';

export type Architecture = keyof typeof pins;

/** Says which pins a built layer was made of. */
const stampName = 'pins.json';

/**
 * Makes the layer for the function's architecture, whatever this machine's is: `outFolder` then holds `bin/ffmpeg`
 * and `bin/ffprobe`, which Lambda puts under /opt, and their license. A layer of the same pins is left as it is.
 * Another one takes its place only when the new one is whole.
 */
export async function buildLayer(architecture: Architecture, outFolder: string): Promise<string> {
  const stamp = JSON.stringify(pins[architecture], undefined, 2);
  if ((await readIfThere(join(outFolder, stampName))) === stamp) return outFolder;

  await mkdir(dirname(resolve(outFolder)), { recursive: true });
  const workFolder = await mkdtemp(`${resolve(outFolder)}-`);
  try {
    const layer = join(workFolder, 'layer');
    await mkdir(join(layer, 'bin'), { recursive: true });
    for (const pin of pins[architecture]) {
      const target = join(layer, 'bin', pin.program);
      await fetchProgram(pin, target, workFolder);
      if (runsHere(architecture) && !readVersion(target)) throw new Error(`${pin.program} does not run`);
    }
    for (const name of ['NOTICE', 'LICENSE.GPL-3']) {
      await cp(join(import.meta.dirname, name), join(layer, name));
    }
    await writeFile(join(layer, stampName), stamp);
    await rm(outFolder, { recursive: true, force: true });
    await rename(layer, outFolder);
    return outFolder;
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

function runsHere(architecture: Architecture): boolean {
  return process.platform === 'linux' && process.arch === architecture;
}

async function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}

if (import.meta.main) {
  const [architecture, outFolder] = process.argv.slice(2);
  if (!architecture || !(architecture in pins)) {
    console.error(`usage: build-layer.ts <${Object.keys(pins).join('|')}> [folder]`);
    process.exit(2);
  }
  const folder = outFolder ?? join(import.meta.dirname, 'build', architecture);
  console.log(await buildLayer(architecture as Architecture, folder));
}
