import { once } from 'node:events';
import type { Room } from './measurement.ts';

/** Wall time of `work`, in seconds. */
export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}

type Repeated = Pick<Room, 'runs' | 'signal' | 'print'>;

/** Each run's index from 0, told as it begins: one may take minutes, and looks as if it hung. Throws once aborted. */
export function* eachRun({ runs, signal, print }: Repeated): Generator<number> {
  for (let run = 0; run < runs; run += 1) {
    signal.throwIfAborted();
    print(`run ${run + 1} of ${runs}`);
    yield run;
  }
}

/** Runs A B A B …: what the machine does besides falls on both alike. Aborts between two. */
export async function sideBySide(
  repeated: Repeated,
  sides: readonly ((run: number) => Promise<void>)[],
): Promise<void> {
  const { signal } = repeated;
  for (const run of eachRun(repeated)) {
    for (const side of sides) {
      signal.throwIfAborted();
      await side(run);
    }
  }
}

/** What `work` answers, unless `signal` aborts before; it is then left to itself. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const settled = new AbortController();
  const aborted = once(signal, 'abort', { signal: settled.signal }).then(() => signal.throwIfAborted());
  try {
    return (await Promise.race([work, aborted])) as T;
  } finally {
    settled.abort();
    aborted.catch(() => {});
  }
}
