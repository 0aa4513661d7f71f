/** Sums over any stretch of a series in constant time. */
export interface RunningSums {
  /** Of the values from index `from` up to, not including, `to`; what lies outside of the series counts as nothing. */
  within(from: number, to: number): number;
}

/** Values that are no finite number count as 0: one bad measurement must not spoil everything after it. */
export function runningSums(length: number, valueAt: (index: number) => number): RunningSums {
  const sums = new Float64Array(length + 1);
  for (let index = 0; index < length; index += 1) {
    const value = valueAt(index);
    sums[index + 1] = sums[index]! + (Number.isFinite(value) ? value : 0);
  }
  const upTo = (index: number) => sums[Math.max(0, Math.min(length, index))]!;
  return { within: (from, to) => upTo(to) - upTo(from) };
}
