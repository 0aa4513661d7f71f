import { familyOf, residentBytesOf } from '../../test/support/processes.ts';

const lookMs = 500;

export interface MemoryWatch {
  /** How the resident memory of the process itself grew: the last quarter of the time against the second one. */
  stop(): { growth: number; peakMegabytes: number; peakProcesses: number };
}

/** Looks at a process and the number of its children, until stopped. The first quarter of the time it warms up. Linux only. */
export function watchMemory(pid: number): MemoryWatch {
  const looks: { bytes: number; processes: number }[] = [];
  const look = () => {
    looks.push({ bytes: residentBytesOf(pid), processes: familyOf(pid).length });
  };
  look();
  const clock = setInterval(look, lookMs);

  return {
    stop() {
      clearInterval(clock);
      const bytes = looks.map((one) => one.bytes);
      const quarter = bytes.length / 4;
      return {
        growth: median(bytes.slice(3 * quarter)) / median(bytes.slice(quarter, 2 * quarter)),
        peakMegabytes: Math.round(Math.max(...bytes) / 1e6),
        peakProcesses: Math.max(...looks.map((one) => one.processes)),
      };
    },
  };
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
