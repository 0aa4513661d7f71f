import { fittingLengths } from './fitting-lengths.ts';
import { formatTime } from './format-time.ts';
import { timeRange } from './time-range.ts';
import type { Segment, SegmentWishes } from './types.ts';

/**
 * Evenly spread segments, each in the middle of its share of the recording: for sources without sound.
 * As many as asked, or as many as fit. Throws SourceTooShort when not even one of the shortest fits.
 */
export function spreadSegments(wishes: SegmentWishes, durationSeconds: number): Segment[] {
  const { count, maxMs, durationMs } = fittingLengths(wishes, durationSeconds);
  return Array.from({ length: count }, (_, index) => {
    const startMs = Math.floor(((index + 0.5) * durationMs) / count - maxMs / 2);
    const range = timeRange(startMs / 1000, (startMs + maxMs) / 1000);
    return {
      ...range,
      title: `${formatTime(range.startSeconds)}, part ${index + 1} of ${count}`,
      reason: 'Evenly spread: the recording has no sound to choose by.',
    };
  });
}
