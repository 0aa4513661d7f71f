import type { Sound } from '../types.ts';

/** A breath between two words is shorter; a pause in which nobody would miss a cut is longer. */
const shortestSeconds = 0.25;

/** What is this quiet is silence whatever the rest of the recording is like. */
const alwaysSilentDecibels = -60;

/** Steady sound (music, an engine, a tone) moves less than this, and has no pauses. */
const smallestRangeDecibels = 10;

/** How far up from the background noise to the voice a pause may reach. */
const thresholdFraction = 0.3;

/** The noise and the voice are looked for in so much sound around each place: levels drift, music fades in. */
const surroundings = { blockSeconds: 5, reachSeconds: 30 };

/**
 * The pauses in a series of levels (dBFS, one each `stepSeconds`), in order, not overlapping. Quiet is meant
 * relative to the minute around: its background noise lies at the 10th percentile, its voices at the 95th.
 */
export function findSilences(levels: ArrayLike<number>, stepSeconds: number): Sound['silences'] {
  const thresholds = silenceThresholds(levels, stepSeconds);
  const blockSteps = stepsOf(surroundings.blockSeconds, stepSeconds);
  const silences: Sound['silences'] = [];
  let first: number | undefined;
  for (let index = 0; index <= levels.length; index += 1) {
    const isQuiet = index < levels.length && levels[index]! <= thresholds[Math.floor(index / blockSteps)]!;
    if (isQuiet) {
      first ??= index;
    } else if (first !== undefined) {
      const startSeconds = first * stepSeconds;
      const endSeconds = index * stepSeconds;
      // Half a step: sums of 0.05 are not exact.
      if (endSeconds - startSeconds >= shortestSeconds - stepSeconds / 2) {
        silences.push({ startSeconds, endSeconds });
      }
      first = undefined;
    }
  }
  return silences;
}

/** One for each block: levels at or under it are silence. Where a minute is steady, the whole recording decides. */
function silenceThresholds(levels: ArrayLike<number>, stepSeconds: number): number[] {
  const all = Float32Array.from(levels);
  const usual = thresholdOf(all) ?? alwaysSilentDecibels;
  const blockSteps = stepsOf(surroundings.blockSeconds, stepSeconds);
  const reachSteps = stepsOf(surroundings.reachSeconds, stepSeconds);
  return Array.from({ length: Math.ceil(all.length / blockSteps) }, (_, block) => {
    const from = Math.max(0, block * blockSteps - reachSteps);
    return thresholdOf(all.subarray(from, (block + 1) * blockSteps + reachSteps)) ?? usual;
  });
}

/** Undefined for steady sound. */
function thresholdOf(levels: Float32Array): number | undefined {
  const sorted = levels.slice().sort();
  const at = (fraction: number) => sorted[Math.floor(fraction * (sorted.length - 1))] ?? alwaysSilentDecibels;
  const noise = at(0.1);
  const voice = at(0.95);
  if (voice - noise < smallestRangeDecibels) return undefined;
  return Math.max(noise + (voice - noise) * thresholdFraction, alwaysSilentDecibels);
}

function stepsOf(seconds: number, stepSeconds: number): number {
  return Math.max(1, Math.round(seconds / stepSeconds));
}
