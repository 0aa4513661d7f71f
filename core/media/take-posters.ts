import { type Candidate, choosePoster } from './choose-poster.ts';
import { candidateArgs } from './poster-args.ts';
import { readLines } from './read-lines.ts';
import type { RunOptions } from './run-ffmpeg.ts';
import type { Tools } from './tools.ts';

/** When a clip shows the picture that suits best as its poster, in seconds. */
export async function findPoster(
  tools: Tools,
  clipPath: string,
  clip: { durationSeconds: number },
  options: RunOptions,
): Promise<number> {
  const pictures = createReadings();
  const edges = createReadings();
  const readers = [pictures, edges].map(({ add }) => readLines(add));
  await tools.ffmpeg(candidateArgs(clipPath, clip), { ...options, readers });

  const candidates = pictures.frames.map(
    ({ pts_time = 0, YAVG = 0, YLOW = 0, YHIGH = 0 }, n): Candidate => ({
      seconds: pts_time,
      meanBrightness: YAVG,
      lowBrightness: YLOW,
      highBrightness: YHIGH,
      edges: edges.frames[n]?.YAVG ?? 0,
    }),
  );
  return choosePoster(candidates)?.seconds ?? 0;
}

/** Reads what ffmpeg's `metadata=print` says of frames: `frame:0 pts:512 pts_time:0.04`, `lavfi.signalstats.YAVG=90.2`. */
function createReadings() {
  const frames: Record<string, number>[] = [];
  return {
    frames,
    add(line: string): void {
      const time = /^frame:\d+ .*pts_time:(\S+)/.exec(line)?.[1];
      if (time) frames.push({ pts_time: Number(time) });
      const [, key, value] = /^lavfi\.signalstats\.(\w+)=(.+)$/.exec(line.trim()) ?? [];
      if (key) Object.assign(frames.at(-1) ?? {}, { [key]: Number(value) });
    },
  };
}
