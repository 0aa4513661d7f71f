import { fittingLengths } from './fitting-lengths.ts';
import { formatTime } from './format-time.ts';
import { timeRange } from './time-range.ts';
import type { Segment, SegmentWishes } from './types.ts';

/**
 * Evenly spread segments, each in the middle of its share of the recording, or at the begin of the scene nearest to
 * that within the share: for sources without sound. As many as asked, or as many as fit. `sceneSeconds` tells where
 * scenes begin. Throws SourceTooShort when not even one of the shortest fits.
 */
export function spreadSegments(
  wishes: SegmentWishes,
  durationSeconds: number,
  sceneSeconds: readonly number[] = [],
): Segment[] {
  const { count, maxMs, durationMs } = fittingLengths(wishes, durationSeconds);
  const scenesMs = sceneSeconds.map((seconds) => Math.round(seconds * 1000));
  return Array.from({ length: count }, (_, index) => {
    const share = (part: number) => ((index + part) * durationMs) / count;
    const evenMs = Math.floor(share(0.5) - maxMs / 2);
    const sceneMs = nearest(
      scenesMs.filter((ms) => ms >= share(0) && ms + maxMs <= share(1)),
      evenMs,
    );
    const startMs = sceneMs ?? evenMs;
    const range = timeRange(startMs / 1000, (startMs + maxMs) / 1000);
    const begin = sceneMs === undefined ? '' : ', and begins with a new scene';
    return {
      ...range,
      title: `${formatTime(range.startSeconds)}, part ${index + 1} of ${count}`,
      reason: `Evenly spread${begin}: the recording has no sound to choose by.`,
    };
  });
}

function nearest(times: readonly number[], time: number): number | undefined {
  const distance = (other: number) => Math.abs(other - time);
  return times.toSorted((a, b) => distance(a) - distance(b))[0];
}
