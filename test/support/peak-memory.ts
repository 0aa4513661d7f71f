import { familyOf, nameOf, peakBytesOf, residentBytesOf } from './processes.ts';

/** Watches a process and all that it starts. `stop` answers the peak of resident memory in bytes, by what ran. Linux only. */
export function watchPeakMemory(pid: number): { stop(): Map<string, number> } {
  const peaks = new Map<string, number>();
  const stop = lookEvery(100, () => {
    for (const one of familyOf(pid)) {
      // The kernel's own high-water mark: what rose and fell between two looks is in it.
      const peakBytes = peakBytesOf(one);
      const name = nameOf(one);
      if (name) peaks.set(name, Math.max(peaks.get(name) ?? 0, peakBytes));
    }
  });
  return {
    stop() {
      stop();
      return peaks;
    },
  };
}

/** The same, with all of them added up at each look. */
export function watchPeakOfSum(pid: number): { stop(): number } {
  let peakBytes = 0;
  // So seldom that a process which watches itself is hardly slower for it.
  const stop = lookEvery(250, () => {
    const bytes = familyOf(pid).reduce((sum, one) => sum + residentBytesOf(one), 0);
    peakBytes = Math.max(peakBytes, bytes);
  });
  return {
    stop() {
      stop();
      return peakBytes;
    },
  };
}

/** Looks now and then again and again, until the answered function is called. */
function lookEvery(ms: number, look: () => void): () => void {
  const clock = setInterval(look, ms);
  look();
  return () => clearInterval(clock);
}
