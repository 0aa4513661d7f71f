import type { Sound } from '../media/types.ts';

export interface Pause {
  startMs: number;
  endMs: number;
}

/** Shorter ones are gaps between words, or the closure of a consonant. */
const shortestMs = 250;

/** A cut this near to a pause belongs into the pause. */
export const reachMs = 3000;

/** The pauses that are long enough to cut in, within the recording, in order. */
export function usablePauses(silences: Sound['silences'], durationMs: number): Pause[] {
  return silences
    .map(({ startSeconds, endSeconds }) => ({
      startMs: Math.max(0, Math.round(startSeconds * 1000)),
      endMs: Math.min(durationMs, Math.round(endSeconds * 1000)),
    }))
    .filter(({ startMs, endMs }) => endMs - startMs >= shortestMs);
}

/** The pause nearest to a time. */
export function nearestPause(pauses: Pause[], timeMs: number): Pause | undefined {
  const following = firstIndex(pauses.length, (index) => pauses[index]!.endMs >= timeMs);
  const after = pauses[following];
  const before = pauses[following - 1];
  if (!after || !before) return after ?? before;
  return after.startMs - timeMs <= timeMs - before.endMs ? after : before;
}

/** The pause that a time lies in. */
export function pauseAt(pauses: Pause[], timeMs: number): Pause | undefined {
  const pause = nearestPause(pauses, timeMs);
  return pause && distanceMs(pause, timeMs) === 0 ? pause : undefined;
}

/** 0 inside of the pause and on its borders. */
export function distanceMs(pause: Pause, timeMs: number): number {
  return Math.max(0, pause.startMs - timeMs, timeMs - pause.endMs);
}

/** Whether a cut here falls into sound although a pause is within reach. The recording's own ends cut nothing. */
export function cutsSpeech(pauses: Pause[], timeMs: number, durationMs: number): boolean {
  if (timeMs <= 0 || timeMs >= durationMs) return false;
  const pause = nearestPause(pauses, timeMs);
  const distance = pause ? distanceMs(pause, timeMs) : Number.POSITIVE_INFINITY;
  return distance > 0 && distance <= reachMs;
}

/** The first index below `length` for which `holds`, which must be false up to some index and true from there on. */
export function firstIndex(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
