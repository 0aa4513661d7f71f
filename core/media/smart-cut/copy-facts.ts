import { ffprobeArgs } from '../ffmpeg/input-args.ts';
import { copiedInput } from './copied-input.ts';
import { Uncuttable } from './uncuttable.ts';

/** What an encoder has to be told to write pictures like those of the copy, in x264's words. */
export interface CopyFacts {
  profile: 'baseline' | 'main' | 'high';
  /** `4.1` */
  level: string;
}

export function copyFactsArgs(path: string): string[] {
  const entries = 'stream=profile,level,pix_fmt,field_order';
  return [...[...ffprobeArgs, '-show_entries', entries, '-of', 'json'], ...copiedInput(path)];
}

const profiles: Record<string, CopyFacts['profile']> = {
  Baseline: 'baseline',
  'Constrained Baseline': 'baseline',
  Main: 'main',
  High: 'high',
};

/** Reads what ffprobe prints as JSON. Throws Uncuttable where we encode no such pictures. */
export function readCopyFacts(printed: string): CopyFacts {
  const { streams: [stream] = [] } = JSON.parse(printed) as {
    streams?: { profile?: string; level?: number; pix_fmt?: string; field_order?: string }[];
  };
  const profile = profiles[stream?.profile ?? ''];
  const level = stream?.level ?? 0;
  const isProgressive = ['progressive', 'unknown', undefined].includes(stream?.field_order);
  // 9 and 11 are both level 1b or 1.1, whichever.
  if (!profile || !isProgressive || stream?.pix_fmt !== 'yuv420p' || level < 10 || level > 62) {
    throw new Uncuttable('Its pictures are of a kind that we do not encode');
  }
  return { profile, level: (level / 10).toFixed(1) };
}
