/** Speeds older than this weigh little: long enough to be calm, short enough to notice another network. */
const memoryMs = 8000;
/** Looks closer together than this tell more of buffers than of the network. */
const shortestLookMs = 200;

/**
 * A smoothed speed in bytes per second: the mean of all that was observed, newer looks weighing more. It is never above
 * the fastest look nor below the slowest. Undefined before the first look that lasted.
 */
export function speedometer(startMs: number) {
  let last = { bytes: 0, atMs: startMs };
  let weighted = 0;
  let weights = 0;

  return {
    /** `bytes`: sent since the start. */
    observe(bytes: number, atMs: number): number | undefined {
      const elapsedMs = atMs - last.atMs;
      if (elapsedMs >= shortestLookMs) {
        // Bytes are taken back when a part fails.
        const speed = (Math.max(0, bytes - last.bytes) / elapsedMs) * 1000;
        const share = 1 - Math.exp(-elapsedMs / memoryMs);
        weighted += (speed - weighted) * share;
        weights += (1 - weights) * share;
        last = { bytes, atMs };
      }
      return weights > 0 ? weighted / weights : undefined;
    },
  };
}
