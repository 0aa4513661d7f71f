import { bareFileArgs } from '../clip/clip-args.ts';
import type { ClipSpan } from '../clip/clip-span.ts';
import { ffmpegArgs } from '../ffmpeg/input-args.ts';
import { formatRate } from '../probe/frame-rate.ts';
import { copiedInput } from './copied-input.ts';

/** Puts a spliced stream into the MP4 that would else have been encoded, its clock the same. */
export function joinArgs(
  streamPath: string,
  { framesPerSecond }: Pick<ClipSpan, 'framesPerSecond'>,
  picturePath: string,
): string[] {
  return [
    ...[...ffmpegArgs, '-xerror', '-nostats', ...copiedInput(streamPath)],
    ...['-map', '0:v:0', '-c:v', 'copy', ...bareFileArgs],
    ...['-video_track_timescale', String(ticksPerSecond(framesPerSecond))],
    ...['-f', 'mp4', picturePath],
  ];
}

/** So many that each frame has a whole number of them: 1000, or 1001 at the rates of NTSC. */
export function ticksPerSecond(framesPerSecond: number): number {
  const [rate = 0, divisor] = formatRate(framesPerSecond).split('/').map(Number);
  return divisor ? rate : Math.round(rate * 1000);
}
