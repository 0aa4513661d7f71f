/** So much to both sides: longer than any passage, shorter than a recording's drift. */
const reachSeconds = 150;
const blockSeconds = 10;

/**
 * How loud it usually is around each moment: the running median of `lufs` (NaN where nothing sounds). Against it a
 * passage stands out even where the gain was turned up halfway through the recording.
 */
export function localLevels(lufs: Float32Array, momentSeconds: number): Float32Array {
  const block = Math.round(blockSeconds / momentSeconds);
  const reach = Math.round(reachSeconds / momentSeconds);
  const levels = new Float32Array(lufs.length);
  const overall = median(lufs);
  for (let from = 0; from < lufs.length; from += block) {
    const around = median(lufs.subarray(Math.max(0, from - reach), from + block + reach));
    levels.fill(Number.isNaN(around) ? overall : around, from, from + block);
  }
  return levels;
}

/** Of those that are numbers; NaN if none is. */
export function median(values: Float32Array): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  return sorted.length > 0 ? sorted[sorted.length >>> 1]! : Number.NaN;
}
