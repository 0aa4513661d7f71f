import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fetchProgram } from './fetch-program.ts';
import pins from './pins.json' with { type: 'json' };
import { readVersion } from './resolve-ffmpeg.ts';

export type Architecture = keyof typeof pins;

/** Says which pins a built layer was made of. */
const stampName = 'pins.json';

const buildFolder = join(import.meta.dirname, 'build');

/**
 * Makes the layer for the function's architecture, whatever this machine's is, and answers its folder, which holds
 * `bin/ffmpeg` and `bin/ffprobe` and their license: what Lambda puts under /opt. One of the same pins that
 * was made before is taken; another one is replaced only when the new one is whole.
 */
export async function buildLayer(architecture: Architecture): Promise<string> {
  const folder = join(buildFolder, architecture);
  const stamp = JSON.stringify(pins[architecture], undefined, 2);
  const builtOf = await readFile(join(folder, stampName), 'utf8').catch(() => undefined);
  if (builtOf === stamp) {
    await addFont(folder);
    return folder;
  }

  await mkdir(buildFolder, { recursive: true });
  const workFolder = await mkdtemp(`${folder}-`);
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
    await addFont(layer);
    await writeFile(join(layer, stampName), stamp);
    await rm(folder, { recursive: true, force: true });
    await rename(layer, folder);
    return folder;
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

/** Lambda has no fonts. This one is part of the source tree, not of the pins: it's laid down anew each time. */
async function addFont(layer: string): Promise<void> {
  await cp(join(import.meta.dirname, 'font'), join(layer, 'font'), { recursive: true });
}

function runsHere(architecture: Architecture): boolean {
  return process.platform === 'linux' && process.arch === architecture;
}

if (import.meta.main) {
  const [architecture, outFolder] = process.argv.slice(2);
  if (!architecture || !(architecture in pins)) {
    console.error(`usage: build-layer.ts <${Object.keys(pins).join('|')}> [folder]`);
    process.exit(2);
  }
  const folder = await buildLayer(architecture as Architecture);
  if (outFolder) await cp(folder, outFolder, { recursive: true });
  console.log(outFolder ?? folder);
}
