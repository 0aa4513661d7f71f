import { firstIndex } from './pauses.ts';

export interface Slot {
  startMs: number;
  endMs: number;
}

/**
 * The `count` slots, none overlapping another, whose values add up to the most; in order of time.
 * `valueAt` says what a slot is worth as the one in that position (0 is the first), so that a slot may be
 * wanted early or late. This is weighted interval scheduling: O(n log n + n × count), exact.
 * Throws RangeError if no `count` of the slots fit together.
 */
export function bestSchedule<S extends Slot>(
  slots: S[],
  count: number,
  valueAt: (slot: S, position: number) => number,
): S[] {
  const byEnd = slots.toSorted((a, b) => a.endMs - b.endMs || a.startMs - b.startMs);
  const before = byEnd.map(({ startMs }) =>
    firstIndex(byEnd.length, (index) => byEnd[index]!.endMs > startMs),
  );
  const taken = new Uint8Array(count * byEnd.length);

  // best[n]: the most that slots up to the n-th can add up to with all positions so far filled.
  let best = new Float64Array(byEnd.length + 1);
  for (let position = 0; position < count; position += 1) {
    const next = new Float64Array(byEnd.length + 1).fill(Number.NEGATIVE_INFINITY);
    byEnd.forEach((slot, index) => {
      const value = best[before[index]!]! + valueAt(slot, position);
      const better = value > next[index]!;
      next[index + 1] = better ? value : next[index]!;
      taken[position * byEnd.length + index] = better ? 1 : 0;
    });
    best = next;
  }
  if (best[byEnd.length] === Number.NEGATIVE_INFINITY) throw new RangeError(`no ${count} slots fit together`);

  const schedule: S[] = [];
  let index = byEnd.length - 1;
  for (let position = count - 1; position >= 0; position -= 1) {
    while (!taken[position * byEnd.length + index]) index -= 1;
    schedule.unshift(byEnd[index]!);
    index = before[index]! - 1;
  }
  return schedule;
}
