import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMedia } from '../../core/media/create-media.ts';
import type { Media } from '../../core/media/types.ts';
import { env } from './env.ts';
import { logger } from './observability.ts';

/** Node.js itself, and the parts of a source that are on their way. */
const ownMegabytes = 384;

/** ffmpeg as the layer brings it; a layer of the deployer's own may have no font. */
export const layerMedia = (): Media =>
  createMedia({
    ffmpegPath: env.ffmpegPath(),
    ffprobePath: env.ffprobePath(),
    fontPath: existsSync(env.fontPath()) ? env.fontPath() : undefined,
    // Taken away from ffmpeg in time, else Lambda would end all of it, without a word about the reason.
    memoryBytes: (env.memoryMegabytes() - ownMegabytes) * 1024 ** 2,
    log: (message, fields) => logger.warn(message, { ...fields }),
  });

/**
 * Runs `work` in a folder of its own under `root`, which is removed however it ends. Those of runs that were killed are
 * removed before: Lambda keeps /tmp when it starts a function again, and a full one would fail whatever comes after.
 * Nothing that is there can still be in use: a function has its `root` to itself, and does one thing at a time.
 */
export async function withFolder<T>(
  work: (folder: string) => Promise<T>,
  root: string = join(tmpdir(), 'clipwright-runs'),
): Promise<T> {
  await rm(root, { recursive: true, force: true });
  await mkdir(root, { recursive: true, mode: 0o700 });
  // Not always the same one: what a killed run has started may still write for a moment.
  const folder = await mkdtemp(join(root, 'run-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
