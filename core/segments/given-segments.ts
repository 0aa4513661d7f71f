import { SegmentOutOfRange } from '../failures.ts';
import { limits } from '../limits.ts';
import { formatLength } from './format-time.ts';
import { timeRange } from './time-range.ts';
import type { Segment } from './types.ts';

/** A segment as a caller gives it: seconds of the source's clock. */
export interface GivenSegment {
  startSeconds: number;
  endSeconds: number;
  title?: string;
  reason?: string;
}

/**
 * The caller's own segments, in the caller's order, clamped to the recording; they may overlap.
 * Throws SegmentOutOfRange, which names the segment, when less than the shortest clip is left of one.
 */
export function givenSegments(segments: GivenSegment[], durationSeconds: number): Segment[] {
  const recordingEnd = Math.floor(durationSeconds * 1000 + 1e-6) / 1000;
  return segments.map(({ startSeconds, endSeconds, title, reason }, index) => {
    const start = Math.max(0, startSeconds);
    const end = Math.min(recordingEnd, endSeconds);
    // Compared in milliseconds, as they are kept: 0.1 + 0.9 must not fail for its last bit.
    if (!(Math.round((end - start) * 1000) >= limits.clipSeconds.min * 1000)) {
      throw outOfRange(index + 1, { startSeconds, endSeconds, title }, recordingEnd);
    }
    return {
      ...timeRange(start, end),
      title: title || `Segment ${index + 1}`,
      reason: reason || 'Asked for by you.',
    };
  });
}

function outOfRange(position: number, given: GivenSegment, durationSeconds: number): SegmentOutOfRange {
  const name = given.title ? `Segment ${position} (“${given.title}”)` : `Segment ${position}`;
  return new SegmentOutOfRange(
    `${name}, from ${given.startSeconds} to ${given.endSeconds} s, leaves less than ${limits.clipSeconds.min} s ` +
      `to render: the recording is ${formatLength(durationSeconds)} long.`,
  );
}
