import { runningSums } from './running-sums.ts';
import type { Steps } from './steps.ts';

/** Between two syllables the level sinks by more than this. */
const dipDb = 2.5;
/** Quieter is not heard beside a voice, and would swing without end. */
const floorLufs = -60;

export interface Syllables {
  /** 1 at the loudest step of each syllable. */
  peaks: Uint8Array;
  /**
   * How much the level swings at the rate of syllables (above 2 Hz), dB RMS over two seconds: 5 and more for speech,
   * less for music, hardly anything for noise and tones (after the 4 Hz modulation of Scheirer and Slaney, 1997).
   */
  swingDb: Float32Array;
}

export function findSyllables({ count, lufs, sounding, of }: Steps): Syllables {
  const levels = lufs.map((level) => Math.max(floorLufs, level));
  const slow = movingMean(levels, of(0.2));
  const squares = movingMean(
    levels.map((level, step) => (level - slow[step]!) ** 2),
    of(1),
  );
  return {
    peaks: findPeaks(levels, sounding, count),
    swingDb: squares.map((square) => Math.sqrt(Math.max(0, square))),
  };
}

/** Of each value with `reach` to both sides. */
function movingMean(values: Float32Array, reach: number): Float32Array {
  const sums = runningSums(values.length, (index) => values[index]!);
  return values.map((_, index) => {
    const [from, to] = [Math.max(0, index - reach), Math.min(values.length, index + reach + 1)];
    return sums.within(from, to) / (to - from);
  });
}

/** Up and down with hysteresis: a peak counts once the level has sunk by `dipDb` from it, and had risen by as much. */
function findPeaks(levels: Float32Array, sounding: Uint8Array, count: number): Uint8Array {
  const peaks = new Uint8Array(count);
  let low = Number.POSITIVE_INFINITY;
  let peak = 0;
  let rising = false;
  for (let step = 0; step < count; step += 1) {
    const level = levels[step]!;
    if (!rising) {
      low = Math.min(low, level);
      if (level < low + dipDb) continue;
      rising = true;
      peak = step;
    }
    if (level > levels[peak]!) peak = step;
    if (level > levels[peak]! - dipDb) continue;
    peaks[peak] = sounding[peak]!;
    rising = false;
    low = level;
  }
  return peaks;
}
