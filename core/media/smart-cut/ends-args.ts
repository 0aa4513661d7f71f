import { bareFileArgs, encoderArgs } from '../clip/clip-args.ts';
import type { ClipSpan } from '../clip/clip-span.ts';
import { ffmpegArgs } from '../ffmpeg/input-args.ts';
import { formatRate } from '../probe/frame-rate.ts';
import type { VideoFacts } from '../types.ts';
import { copiedInput } from './copied-input.ts';
import { copyInSeconds, exactTimesArgs } from './copy-args.ts';
import type { CopyFacts } from './copy-facts.ts';
import { joinOf } from './join-of.ts';
import type { CutEnd, CutPlan } from './plan-cut.ts';

export interface EndFiles {
  end: CutEnd;
  /** The packets that it is decoded from. */
  copyPath: string;
  /** What it becomes. */
  path: string;
  /** The source's frames beside its join, not coded: to hold the clip's against. */
  seenPath: string;
}

/** Encodes the ends of a clip as its source was encoded, so that a decoder goes over from one to the other unmoved. */
export function endsArgs(
  ends: readonly EndFiles[],
  { framesPerSecond, frames }: Pick<ClipSpan, 'framesPerSecond' | 'frames'>,
  video: VideoFacts,
  { profile, level, delayFrames }: CopyFacts & Pick<CutPlan, 'delayFrames'>,
): string[] {
  const rate = formatRate(framesPerSecond);
  const encoding = [
    ...encoderArgs({ framesPerSecond }),
    ...['-profile:v', profile, '-level:v', level, '-pix_fmt', 'yuv420p'],
    ...[...orders[delayFrames]!, ...toldColours(video), '-r', rate],
    ...[...bareFileArgs, ...exactTimesArgs],
  ];
  return [
    ...[...ffmpegArgs, '-xerror', '-nostats'],
    ...ends.flatMap(({ copyPath }) => copiedInput(copyPath)),
    ...['-filter_complex', ends.map(({ end }, n) => endFilters(n, end, rate, frames)).join(';')],
    ...ends.flatMap(({ end: { startSeconds }, path, seenPath }, n) => [
      ...['-map', `[end${n}]`, ...encoding],
      ...['-output_ts_offset', (copyInSeconds + startSeconds).toFixed(6), '-f', 'mpegts', path],
      ...['-map', `[seen${n}]`, '-r', rate, '-c:v', 'rawvideo', '-f', 'nut', seenPath],
    ]),
  ];
}

/** From input `n` to `[end0]` and `[seen0]`, each counted from its first frame on. */
function endFilters(n: number, end: CutEnd, rate: string, clipFrames: number): string {
  const { firstSkipped, copied } = joinOf(end, clipFrames);
  const inTurn = `setpts=N/(${rate})/TB`;
  const trim = (first: number, count: number) => `trim=start_frame=${first}:end_frame=${first + count}`;
  return [
    `[${n}:v:0]split[coded${n}][beside${n}]`,
    `[coded${n}]${trim(end.skippedFrames, end.frames)},${inTurn}[end${n}]`,
    `[beside${n}]${trim(firstSkipped, copied.length)},${inTurn}[seen${n}]`,
  ].join(';');
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
