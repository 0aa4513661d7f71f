import type { ClipSpan } from '../clip/clip-span.ts';
import { ffmpegArgs, ffprobeArgs } from '../ffmpeg/input-args.ts';
import { readLines } from '../ffmpeg/read-lines.ts';
import type { RunOptions } from '../ffmpeg/run-ffmpeg.ts';
import type { Tools } from '../ffmpeg/tools.ts';
import { copiedInput } from './copied-input.ts';
import type { EndFiles } from './ends-args.ts';
import { type Join, joinOf } from './join-of.ts';
import { Uncuttable } from './uncuttable.ts';

/** Of frames encoded anew, peak signal to noise: ours have 40 and more, another picture 10 to 25. */
const leastDecibels = 28;

type Rate = Pick<ClipSpan, 'framesPerSecond'>;

/** Throws Uncuttable unless the file has a clip's very frames, each at its time, and decodes to the source's at its joins. */
export async function checkJoins(
  tools: Tools,
  picturePath: string,
  ends: readonly Pick<EndFiles, 'end' | 'seenPath'>[],
  span: Rate & Pick<ClipSpan, 'frames'>,
  options: RunOptions,
): Promise<void> {
  checkTimes(await tools.ffprobe(timesArgs(picturePath), options), span);
  for (const { end, seenPath } of ends) {
    const join = joinOf(end, span.frames);
    const decibels: number[] = [];
    const read = readLines((line) => {
      const told = /psnr_avg:(\S+)/.exec(line)?.[1];
      if (told) decibels.push(told === 'inf' ? Number.POSITIVE_INFINITY : Number(told));
    });
    await tools.ffmpeg(compareArgs(picturePath, seenPath, join, span), { ...options, readers: [read] });
    checkLikeness(decibels, join);
  }
}

export function timesArgs(path: string): string[] {
  return [
    ...[...ffprobeArgs, '-select_streams', 'v:0', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0'],
    ...copiedInput(path, 'mov'),
  ];
}

/** Of times as ffprobe prints them: rounded, and the source's own may be a little off. */
const toleranceSeconds = 0.0015;

export function checkTimes(printed: string, { frames, framesPerSecond }: Rate & { frames: number }): void {
  const times = [...printed.matchAll(/^-?[\d.]+/gm)].map(Number).sort((one, other) => one - other);
  const isExact = times.every((seconds, n) => Math.abs(seconds - n / framesPerSecond) <= toleranceSeconds);
  if (times.length !== frames || !isExact) throw new Uncuttable('What came out has other frames or times');
}

/** Measures how alike the frames beside a join and the source's are: `n:1 … psnr_avg:inf …` for each. */
export function compareArgs(
  picturePath: string,
  seenPath: string,
  { firstFrame, copied }: Join,
  { framesPerSecond }: Rate,
): string[] {
  const inTurn = 'settb=1/1000,setpts=N';
  const graph = [
    `[0:v:0]trim=end_frame=${copied.length},${inTurn}[cut]`,
    `[1:v:0]${inTurn}[source]`,
    '[cut][source]psnr=stats_file=-',
  ];
  // Half a frame before the first: it is found whichever way times are rounded.
  const seekSeconds = Math.max(0, (firstFrame - 0.5) / framesPerSecond);
  return [
    ...[...ffmpegArgs, '-xerror', '-nostats'],
    ...['-ss', seekSeconds.toFixed(6), ...copiedInput(picturePath, 'mov')],
    ...copiedInput(seenPath, 'nut'),
    ...['-filter_complex', graph.join(';'), '-f', 'null', '-'],
  ];
}

function checkLikeness(decibels: readonly number[], { copied }: Join): void {
  const isRight = decibels.every((likeness, n) =>
    copied[n] ? likeness === Number.POSITIVE_INFINITY : likeness >= leastDecibels,
  );
  if (decibels.length !== copied.length || !isRight) throw new Uncuttable('A join came out broken');
}
