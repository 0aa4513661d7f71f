import { gbSecondsOf } from './total-use.ts';

/** How long a function took with this much memory. */
export interface Sample {
  memoryMegabytes: number;
  milliseconds: number;
}

/** As much memory as comes with one whole vCPU: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const megabytesAVcpu = 1769;

/**
 * 625 Mb/s, whatever its memory, in an account that has not asked for more: then, outside of a VPC, it grows from 2 GB of memory
 * on, to 3,000 Mb/s with 10 GB. https://aws.amazon.com/about-aws/whats-new/2026/08/aws-lambda-network-bandwidth/
 */
export const networkBytesASecond = 625e6 / 8;

/**
 * Which memory to give a function: of those that cost at most `tolerance` more than the cheapest one, the fastest. Of a
 * sweep's samples, several with one memory count with their median.
 * @throws RangeError without samples
 */
export function chooseMemory(samples: readonly Sample[], tolerance = 0.2): Sample {
  const bySize = Map.groupBy(samples, ({ memoryMegabytes }) => memoryMegabytes);
  const medians = [...bySize].map(([memoryMegabytes, all]) => ({
    memoryMegabytes,
    milliseconds: medianOf(all.map(({ milliseconds }) => milliseconds)),
  }));
  const cheapest = Math.min(...medians.map(gbSecondsOf));
  const [fastest] = medians
    .filter((sample) => gbSecondsOf(sample) <= cheapest * (1 + tolerance))
    .sort((a, b) => a.milliseconds - b.milliseconds || a.memoryMegabytes - b.memoryMegabytes);
  if (!fastest) throw new RangeError('No samples to choose from.');
  return fastest;
}

export interface Work {
  /** Processor time that only one vCPU can give, and such that any number can share. */
  serialSeconds: number;
  sharedSeconds: number;
  /** Bytes that are read ahead: they come while others are worked on. */
  streamedBytes: number;
  /** Nothing else is done meanwhile. */
  waitSeconds: number;
}

/** How long that takes with so much memory, in seconds of a vCPU as fast as those `work` was measured on (Amdahl). */
export function predictSample(
  { serialSeconds, sharedSeconds, streamedBytes, waitSeconds }: Work,
  memoryMegabytes: number,
): Sample {
  const vcpus = memoryMegabytes / megabytesAVcpu;
  const workingSeconds = serialSeconds / Math.min(vcpus, 1) + sharedSeconds / vcpus;
  const seconds = Math.max(workingSeconds, streamedBytes / networkBytesASecond) + waitSeconds;
  return { memoryMegabytes, milliseconds: seconds * 1000 };
}

function medianOf(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
