import type { TimeRange } from '../clip/clip-span.ts';
import type { Cue } from './cue.ts';

/** Shorter is a flicker that nobody reads. */
const shortestSeconds = 0.1;

/** The cues of a clip, on its clock: of a recording's cues those shown in the range, cut off at its ends. */
export function cuesWithin(cues: readonly Cue[], range: TimeRange): Cue[] {
  const lengthSeconds = range.endSeconds - range.startSeconds;
  return cues
    .map(({ startSeconds, endSeconds, text }) => ({
      startSeconds: toMilliseconds(Math.max(0, startSeconds - range.startSeconds)),
      endSeconds: toMilliseconds(Math.min(lengthSeconds, endSeconds - range.startSeconds)),
      text,
    }))
    .filter(({ startSeconds, endSeconds }) => endSeconds - startSeconds >= shortestSeconds);
}

function toMilliseconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
