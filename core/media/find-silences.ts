import type { Loudness } from './types.ts';

/** A breath between two words is shorter; a pause in which nobody would miss a cut is longer. */
const shortestSeconds = 0.25;

/** What is this quiet is silence whatever the rest of the recording is like. */
const alwaysSilentDecibels = -60;

/** Steady sound (music, an engine, a tone) moves less than this, and has no pauses. */
const smallestRangeDecibels = 10;

/** How far up from the background noise to the voice a pause may reach. */
const thresholdFraction = 0.3;

/**
 * The pauses in a series of levels (dBFS, one each `stepSeconds`), in order, not overlapping. Quiet is meant
 * relative to the recording: its background noise lies at the 10th percentile, its voices at the 95th.
 */
export function findSilences(levels: readonly number[], stepSeconds: number): Loudness['silences'] {
  const threshold = silenceThreshold(levels);
  const silences: Loudness['silences'] = [];
  let first: number | undefined;
  for (let index = 0; index <= levels.length; index += 1) {
    const isQuiet = index < levels.length && levels[index]! <= threshold;
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

/** Levels at or under it are silence. */
export function silenceThreshold(levels: readonly number[]): number {
  const sorted = Float32Array.from(levels).sort();
  const at = (fraction: number) => sorted[Math.floor(fraction * (sorted.length - 1))] ?? alwaysSilentDecibels;
  const noise = at(0.1);
  const voice = at(0.95);
  if (voice - noise < smallestRangeDecibels) return alwaysSilentDecibels;
  return Math.max(noise + (voice - noise) * thresholdFraction, alwaysSilentDecibels);
}
