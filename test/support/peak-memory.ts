import { familyOf, nameOf, peakBytesOf } from './processes.ts';

const lookMs = 100;

/** Watches a process and all that it starts. `stop` answers the peak of resident memory in bytes, by what ran. Linux only. */
export function watchPeakMemory(pid: number): { stop(): Map<string, number> } {
  const peaks = new Map<string, number>();
  const look = () => {
    for (const one of familyOf(pid)) {
      // The kernel's own high-water mark: what rose and fell between two looks is in it.
      const peakBytes = peakBytesOf(one);
      const name = nameOf(one);
      if (name) peaks.set(name, Math.max(peaks.get(name) ?? 0, peakBytes));
    }
  };
  const clock = setInterval(look, lookMs);
  look();
  return {
    stop() {
      clearInterval(clock);
      return peaks;
    },
  };
}
