import { bareFileArgs, encoderArgs } from '../clip-args.ts';
import type { ClipSpan } from '../clip-span.ts';
import { formatRate } from '../frame-rate.ts';
import { ffmpegArgs } from '../input-args.ts';
import type { VideoFacts } from '../types.ts';
import { copiedInput } from './copied-input.ts';
import { copyInSeconds, exactTimesArgs } from './copy-args.ts';
import type { CopyFacts } from './copy-facts.ts';
import type { CutEnd, CutPlan } from './plan-cut.ts';

export interface EndFiles {
  end: CutEnd;
  /** The packets that it is decoded from. */
  copyPath: string;
  /** What it becomes. */
  path: string;
}

/** Encodes the ends of a clip as its source was encoded, so that a decoder goes over from one to the other unmoved. */
export function endsArgs(
  ends: readonly EndFiles[],
  { framesPerSecond }: Pick<ClipSpan, 'framesPerSecond'>,
  video: VideoFacts,
  { profile, level, delayFrames }: CopyFacts & Pick<CutPlan, 'delayFrames'>,
): string[] {
  const rate = formatRate(framesPerSecond);
  return [
    ...[...ffmpegArgs, '-xerror', '-nostats'],
    ...ends.flatMap(({ copyPath }) => copiedInput(copyPath)),
    ...ends.flatMap(({ end: { skippedFrames, frames, startSeconds }, path }, n) => [
      ...['-map', `${n}:v:0`],
      ...[
        '-vf',
        `trim=start_frame=${skippedFrames}:end_frame=${skippedFrames + frames},setpts=N/(${rate})/TB`,
      ],
      ...[
        ...encoderArgs({ framesPerSecond }),
        '-profile:v',
        profile,
        '-level:v',
        level,
        '-pix_fmt',
        'yuv420p',
      ],
      ...[...orders[delayFrames]!, ...toldColours(video), '-r', rate],
      ...[...bareFileArgs, ...exactTimesArgs],
      ...['-output_ts_offset', (copyInSeconds + startSeconds).toFixed(6), '-f', 'mpegts', path],
    ]),
  ];
}

/** What makes x264 decode this many frames ahead. */
const orders: Record<number, string[]> = {
  0: ['-bf', '0'],
  1: ['-bf', '2', '-b-pyramid', 'none'],
  2: ['-bf', '3', '-b-pyramid', 'normal'],
};

/** What isn't told in the middle isn't told at the ends. */
function toldColours({ colours: { matrix, primaries, transfer } = {} }: VideoFacts): string[] {
  return [
    ...(matrix ? ['-colorspace', matrix] : []),
    ...(primaries ? ['-color_primaries', primaries] : []),
    ...(transfer ? ['-color_trc', transfer] : []),
  ];
}
