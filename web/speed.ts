/** How long a moment counts: the speed follows a change of network within some seconds, and doesn't jitter. */
const memorySeconds = 6;

/** Measures how fast bytes go, from counts that only grow; a count that falls (a new try) starts afresh. */
export function speedometer() {
  let last: { bytes: number; seconds: number } | undefined;
  let bytesPerSecond: number | undefined;

  return {
    /** Answers bytes a second, undefined until it can be known. */
    measure(bytes: number, nowSeconds: number): number | undefined {
      if (!last || bytes < last.bytes) {
        last = { bytes, seconds: nowSeconds };
        bytesPerSecond = undefined;
        return undefined;
      }
      const elapsed = nowSeconds - last.seconds;
      if (elapsed < 0.5) return bytesPerSecond;

      const now = (bytes - last.bytes) / elapsed;
      const weight = 1 - Math.exp(-elapsed / memorySeconds);
      bytesPerSecond = bytesPerSecond === undefined ? now : bytesPerSecond + weight * (now - bytesPerSecond);
      last = { bytes, seconds: nowSeconds };
      return bytesPerSecond;
    },
    /** What came before a pause says nothing about what comes after it. */
    reset() {
      last = undefined;
      bytesPerSecond = undefined;
    },
  };
}
