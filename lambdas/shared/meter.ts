import type { StepUse } from '../../core/cost/step-use.ts';
import { env } from './env.ts';

type Counted = Omit<StepUse, 'memoryMegabytes' | 'milliseconds'>;

export interface Meter {
  /** A function begins its work. */
  start(): void;
  add(counted: keyof Counted, number: number): void;
  /** What it took since then; undefined for a function that does not meter its work. */
  taken(): StepUse | undefined;
}

/**
 * What a function takes, from start to start: it does one thing at a time. `clock` gives milliseconds since the process
 * began, so that the time until the meter is made is that of a cold start, which is billed with the first call.
 */
export function createMeter(clock: () => number, memoryMegabytes: () => number): Meter {
  let unbilledMs = clock();
  let startedMs: number | undefined;
  let counted: Counted = nothing();
  return {
    start() {
      startedMs = clock() - unbilledMs;
      unbilledMs = 0;
      counted = nothing();
    },
    add(what, number) {
      counted[what] += number;
    },
    taken() {
      if (startedMs === undefined) return undefined;
      const milliseconds = Math.ceil(clock() - startedMs);
      return { memoryMegabytes: memoryMegabytes(), milliseconds, ...counted };
    },
  };
}

function nothing(): Counted {
  return { s3Writes: 0, s3Reads: 0, tableWrites: 0, tableReads: 0 };
}

export const meter = createMeter(() => performance.now(), env.memoryMegabytes);
