import { rm } from 'node:fs/promises';
import { findLevelling } from './find-levelling.ts';
import { measureLevels } from './measure-levels.ts';
import { mixArgs } from './mix-args.ts';
import type { RunOptions } from './run-ffmpeg.ts';
import type { Tools } from './tools.ts';

export interface Mix {
  /** Pictures, and the clip that is made of each. The pictures are removed: a clip may be gigabytes. */
  files: { picturePath: string; path: string }[];
  /** The WAV for all of them, removed at the end, and the filters that cut it; absent when the clip is mute. */
  sound?: { path: string; cut: string };
  normalizeLoudness: boolean;
}

/** Puts the clips together from what was rendered, the sound brought to its loudness. */
export async function mixClip(
  tools: Tools,
  { files, sound, normalizeLoudness }: Mix,
  options: RunOptions,
): Promise<void> {
  const heard = sound && {
    path: sound.path,
    filters: normalizeLoudness ? await levelled(tools, sound, options) : sound.cut,
  };
  for (const { picturePath, path } of files) {
    await tools.ffmpeg(mixArgs(picturePath, heard, path), options);
    await rm(picturePath);
  }
  if (sound) await rm(sound.path);
}

async function levelled(
  tools: Tools,
  { path, cut }: NonNullable<Mix['sound']>,
  options: RunOptions,
): Promise<string> {
  const after = (filters: string) => `${cut},${filters}`;
  return after(
    await findLevelling((filters = 'anull') =>
      measureLevels(tools, { path, demuxer: 'wav', filters: after(filters) }, options),
    ),
  );
}
