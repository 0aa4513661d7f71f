import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMedia } from '../../core/media/create-media.ts';
import type { Media } from '../../core/media/types.ts';
import { env } from './env.ts';
import { logger } from './observability.ts';

/** ffmpeg as the layer brings it; a layer of the deployer's own may have no font. */
export const layerMedia = (): Media =>
  createMedia({
    ffmpegPath: env.ffmpegPath(),
    ffprobePath: env.ffprobePath(),
    fontPath: existsSync(env.fontPath()) ? env.fontPath() : undefined,
    log: (message, fields) => logger.warn(message, { ...fields }),
  });

/** Runs `work` in a folder of its own under /tmp, which is removed however it ends. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'clipwright-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
