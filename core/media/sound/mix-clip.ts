import { rm } from 'node:fs/promises';
import type { RunOptions } from '../ffmpeg/run-ffmpeg.ts';
import type { Tools } from '../ffmpeg/tools.ts';
import { findLevelling } from './find-levelling.ts';
import { measureLevels } from './measure-levels.ts';
import { type HeardSound, mixArgs } from './mix-args.ts';

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
  const keptPath = sound && `${sound.path}.levelled`;
  const cut = sound && { path: sound.path, filters: sound.cut };
  let heard: HeardSound | undefined = cut;
  if (cut && normalizeLoudness) heard = await level(tools, cut, keptPath!, options);
  for (const { picturePath, path } of files) {
    await tools.ffmpeg(mixArgs(picturePath, heard, path), options);
    await rm(picturePath);
    // It is encoded once: all clips have the same.
    heard &&= { path };
  }
  if (sound) await rm(sound.path);
  if (keptPath) await rm(keptPath, { force: true });
}

/** Where to take the sound from, and the filters that it still has to go through, to be as loud as it should. */
async function level(
  tools: Tools,
  cut: Required<HeardSound>,
  keptPath: string,
  options: RunOptions,
): Promise<HeardSound> {
  const { path, filters } = cut;
  let kept: string | undefined;
  const levelling = await findLevelling((tried) => {
    const sound = { path, demuxer: 'wav', filters: tried ? `${filters},${tried}` : filters } as const;
    if (tried === undefined) return measureLevels(tools, sound, options);
    kept = tried;
    return measureLevels(tools, { ...sound, keptPath, withPeaks: false }, options);
  });
  // Mostly the first try is close enough: then it's there already.
  if (levelling === kept) return { path: keptPath, filters: 'anull' };
  return { path, filters: `${filters},${levelling}` };
}
