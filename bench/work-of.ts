import type { Work } from '../core/cost/choose-memory.ts';
import type { StepTaken } from './run-step.ts';

/** What docs/cost.md takes S3 to give a function. Not measured: here the source is a local file. */
const s3BytesASecond = 80e6;

/** A step's work, from what it took on one core and on two. */
export function workOf(
  one: Pick<StepTaken, 'wallSeconds'>,
  two: Pick<StepTaken, 'wallSeconds' | 'cpuSeconds' | 'bytesRead'>,
): Work {
  // Amdahl: of one second on one core two leave (1 + serial) / 2. The ratio alone counts, and the processor time: what
  // else the machine did made both times longer.
  const serial = Math.min(Math.max((2 * two.wallSeconds) / one.wallSeconds - 1, 0), 1);
  return {
    serialSeconds: two.cpuSeconds * serial,
    sharedSeconds: two.cpuSeconds * (1 - serial),
    waitSeconds: two.bytesRead / s3BytesASecond,
  };
}
