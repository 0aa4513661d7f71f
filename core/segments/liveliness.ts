import type { Loudness } from '../media/types.ts';

/** A passage measured against the whole recording. */
export interface Passage {
  /** Mean of its steps' robust z-scores, −3 to 3. Pauses count as −3, so it rewards loud and fluent at once. */
  score: number;
  /** Mean loudness of what sounds in it, over the recording's median: dB. Undefined where nothing sounds. */
  gainDb: number | undefined;
  /** Share of its time spent in pauses, 0–1. */
  pauseShare: number;
}

/** Measures a range, in constant time. */
export type MeasurePassage = (startMs: number, endMs: number) => Passage;

/** Clipping keeps a single bang from making a passage. */
const zLimit = 3;

/** Median and MAD, not mean and deviation: loud outliers must not move the yardstick that finds them. */
export function liveliness(loudness: Loudness, durationMs: number): MeasurePassage {
  const stepMs = loudness.stepSeconds * 1000;
  const steps = Math.max(1, Math.ceil(durationMs / stepMs));
  const lufsOf = soundingSteps(loudness, steps);
  const sounding = lufsOf.filter((lufs) => !Number.isNaN(lufs)).sort();
  const medianLufs = median(sounding);
  // At least 1 dB: in an even recording the noise of the measurement must not look like life.
  const scale = Math.max(1, 1.4826 * median(sounding.map((lufs) => Math.abs(lufs - medianLufs)).sort()));

  const zSums = new Float64Array(steps + 1);
  const gainSums = new Float64Array(steps + 1);
  const soundingCounts = new Float64Array(steps + 1);
  for (let step = 0; step < steps; step += 1) {
    const sounds = !Number.isNaN(lufsOf[step]);
    const gain = sounds ? lufsOf[step]! - medianLufs : 0;
    const z = sounds ? Math.max(-zLimit, Math.min(zLimit, gain / scale)) : -zLimit;
    zSums[step + 1] = zSums[step]! + z;
    gainSums[step + 1] = gainSums[step]! + gain;
    soundingCounts[step + 1] = soundingCounts[step]! + (sounds ? 1 : 0);
  }

  return (startMs, endMs) => {
    const from = Math.min(steps - 1, Math.floor(startMs / stepMs));
    const to = Math.max(from + 1, Math.min(steps, Math.round(endMs / stepMs)));
    const within = (sums: Float64Array) => sums[to]! - sums[from]!;
    const soundingWithin = within(soundingCounts);
    return {
      score: within(zSums) / (to - from),
      gainDb: soundingWithin > 0 ? within(gainSums) / soundingWithin : undefined,
      pauseShare: 1 - soundingWithin / (to - from),
    };
  };
}

/** LUFS of each step, NaN where it is silent: in a pause, below −70, or past the end of sound that is shorter than the picture. */
function soundingSteps({ momentaryLufs, stepSeconds, silences }: Loudness, steps: number): Float64Array {
  const lufsOf = Float64Array.from({ length: steps }, (_, step) => {
    const lufs = momentaryLufs[step] ?? Number.NEGATIVE_INFINITY;
    return lufs > -70 ? lufs : Number.NaN;
  });
  for (const { startSeconds, endSeconds } of silences) {
    lufsOf.fill(Number.NaN, Math.round(startSeconds / stepSeconds), Math.round(endSeconds / stepSeconds));
  }
  return lufsOf;
}

function median(sorted: Float64Array): number {
  return sorted[sorted.length >>> 1] ?? 0;
}
