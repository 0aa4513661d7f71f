import { rm } from 'node:fs/promises';
import { findLevelling } from './find-levelling.ts';
import { measureLevels } from './measure-levels.ts';
import { mixArgs } from './mix-args.ts';
import type { RunOptions } from './run-ffmpeg.ts';
import type { Tools } from './tools.ts';

export interface Mix {
  /** Pictures, and the clip that is made of each. The pictures are removed: a clip may be gigabytes. */
  files: { picturePath: string; path: string }[];
  /** The WAV for all of them, removed at the end; absent when the clip is mute. */
  soundPath?: string;
  normalizeLoudness: boolean;
}

/** Puts the clips together from what was rendered, the sound brought to its loudness. */
export async function mixClip(
  tools: Tools,
  { files, soundPath, normalizeLoudness }: Mix,
  options: RunOptions,
): Promise<void> {
  const sound = soundPath && {
    path: soundPath,
    filters: normalizeLoudness
      ? await findLevelling((filters) =>
          measureLevels(tools, { path: soundPath, demuxer: 'wav', filters }, options),
        )
      : 'anull',
  };
  for (const { picturePath, path } of files) {
    await tools.ffmpeg(mixArgs(picturePath, sound || undefined, path), options);
    await rm(picturePath);
  }
  if (soundPath) await rm(soundPath);
}
