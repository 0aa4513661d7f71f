import { networkBytesASecond, predictSample, type Work } from '../core/cost/choose-memory.ts';
import { limits } from '../core/limits.ts';
import type { StepOrder, StepTaken } from './run-step.ts';

/**
 * Until S3 begins to answer: somewhat more than the 20 ms (90th percentile) of https://github.com/dvassallo/s3-benchmark from 155
 * types of EC2 machines, much less than the 100 to 200 ms of
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html.
 */
export const firstByteSeconds = 0.03;

/** Which steps read a file to its end, and so ahead of themselves. */
const readsAhead: Record<StepOrder['step'], boolean> = {
  'extract-audio': true,
  'find-scenes': true,
  'select-segments': true,
  'render-clip': false,
};

/** A step's work, from what it took on one core and on two. The network is AWS's: here the source is a local file. */
export function workOf(
  step: StepOrder['step'],
  one: Pick<StepTaken, 'wallSeconds'>,
  two: Pick<StepTaken, 'wallSeconds' | 'cpuSeconds' | 'bytesRead' | 'requests'>,
): Work {
  // Amdahl: of one second on one core two leave (1 + serial) / 2. The ratio alone counts, and the processor time: what
  // else the machine did made both times longer.
  const serial = Math.min(Math.max((2 * two.wallSeconds) / one.wallSeconds - 1, 0), 1);
  const cpu = { serialSeconds: two.cpuSeconds * serial, sharedSeconds: two.cpuSeconds * (1 - serial) };
  if (readsAhead[step]) return { ...cpu, streamedBytes: two.bytesRead, waitSeconds: firstByteSeconds };
  const waitSeconds = two.requests * firstByteSeconds + two.bytesRead / networkBytesASecond;
  return { ...cpu, streamedBytes: 0, waitSeconds };
}

/** So many times that work, one after the other. */
export function repeated(work: Work, times: number): Work {
  return {
    serialSeconds: work.serialSeconds * times,
    sharedSeconds: work.sharedSeconds * times,
    streamedBytes: work.streamedBytes * times,
    waitSeconds: work.waitSeconds * times,
  };
}

/** A function may take no longer. */
const mostSeconds = 15 * 60;

/** Whether the longest clip that is taken, at 60 frames a second, can be made with so much memory; `work` is one at 30. */
export function rendersLongest(work: Work, clipSeconds: number, memoryMegabytes: number): boolean {
  const longest = repeated(work, (limits.renderedSeconds / clipSeconds) * 2);
  return predictSample(longest, memoryMegabytes).milliseconds <= mostSeconds * 1000;
}
