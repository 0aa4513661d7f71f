import { readLines } from '../ffmpeg/read-lines.ts';
import type { RunOptions } from '../ffmpeg/run-ffmpeg.ts';
import type { Tools } from '../ffmpeg/tools.ts';
import type { Levels } from './level-sound.ts';
import { levelsArgs, type MeasuredSound } from './mix-args.ts';

/** How loud a sound is. Its peak is that of silence where peaks were not wanted. */
export async function measureLevels(
  tools: Tools,
  sound: MeasuredSound,
  options: RunOptions,
): Promise<Levels> {
  const levels = createLevels();
  await tools.ffmpeg(levelsArgs(sound), { ...options, readers: [readLines(levels.add)] });
  return levels.now();
}

/** Reads the metadata of `ebur128`: it tells ten times a second what it measured up to there. */
export function createLevels() {
  let integratedLufs = -70;
  let truePeak = 0;
  return {
    add(line: string): void {
      const [, key, value] = /^lavfi\.r128\.(I|true_peaks_ch\d+)=(.+)$/.exec(line.trim()) ?? [];
      if (key === 'I') integratedLufs = Math.max(-70, Number(value));
      else if (key) truePeak = Math.max(truePeak, Number(value));
    },
    now: (): Levels => ({ integratedLufs, truePeakDbtp: 20 * Math.log10(Math.max(truePeak, 1e-6)) }),
  };
}
