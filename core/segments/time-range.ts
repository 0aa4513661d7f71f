export interface TimeRange {
  startSeconds: number;
  endSeconds: number;
}

/**
 * In point included, out point excluded, both in seconds of the source's clock and rounded to the millisecond.
 * Throws RangeError unless 0 ≤ in point < out point: a reversed or empty range never travels further.
 */
export function timeRange(inPoint: number, outPoint: number): TimeRange {
  const startSeconds = roundToMs(inPoint);
  const endSeconds = roundToMs(outPoint);
  if (!(startSeconds >= 0 && startSeconds < endSeconds && endSeconds < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`not a time range: ${inPoint} to ${outPoint} seconds`);
  }
  return { startSeconds, endSeconds };
}

function roundToMs(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
