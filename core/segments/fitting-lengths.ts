import { SourceTooShort } from '../failures.ts';
import { formatLength } from './format-time.ts';
import type { SegmentWishes } from './types.ts';

/** What of the wishes a recording can hold. Whole milliseconds, so that lengths add up without rounding. */
export interface FittingLengths {
  /** At least 1, at most as many as were asked. */
  count: number;
  minMs: number;
  maxMs: number;
  durationMs: number;
}

/**
 * Where not everything fits, clips get shorter first (down to the shortest that was asked), then fewer.
 * Throws SourceTooShort when not even one of the shortest fits.
 */
export function fittingLengths(wishes: SegmentWishes, durationSeconds: number): FittingLengths {
  // Rounded down: an out point past the last frame would ask for what is not there.
  const durationMs = Math.floor(durationSeconds * 1000 + 1e-6);
  const minMs = Math.round(wishes.minDurationSeconds * 1000);
  const longestMs = Math.round(wishes.maxDurationSeconds * 1000);
  if (durationMs < minMs) throw tooShort(wishes, durationSeconds);

  const count = Math.min(wishes.numSegments, Math.floor(durationMs / minMs));
  const shareMs = Math.floor(durationMs / count);
  return { count, minMs, maxMs: Math.min(longestMs, shareMs), durationMs };
}

function tooShort(wishes: SegmentWishes, durationSeconds: number): SourceTooShort {
  const asked = formatLength(wishes.minDurationSeconds);
  const remedy =
    durationSeconds >= 1
      ? `Ask for clips that fit: a min_duration of ${Math.floor(durationSeconds)} or less.`
      : 'The shortest clip is 1 s long: upload a longer recording.';
  return new SourceTooShort(
    `The recording is ${formatLength(durationSeconds)} long, but clips of at least ${asked} were asked. ${remedy}`,
  );
}
