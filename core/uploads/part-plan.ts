import type { PartedUpload } from '../jobs/job.ts';
import { limits } from '../limits.ts';
import { Refusal } from '../refusals.ts';

export type PartPlan = Omit<PartedUpload, 'uploadId'>;

const MIB = 1024 ** 2;
const { partBytes, parts } = limits.multipart;

/**
 * Cuts a file as wished, or into parts of 16 MiB, larger (whole MiB) where 10,000 of these would not do.
 * @throws Refusal `validation-failed` (part_size)
 */
export function planParts(sizeBytes: number, wishedPartBytes?: number): PartPlan {
  const smallest = smallestPartBytes(sizeBytes);
  const partSizeBytes = wishedPartBytes ?? Math.max(partBytes.default, Math.ceil(smallest / MIB) * MIB);
  if (partSizeBytes < smallest || partSizeBytes > partBytes.max) {
    const message = `For this file from ${smallest} to ${partBytes.max}: S3 takes at most ${parts} parts.`;
    throw new Refusal('validation-failed', 'Not valid: part_size.', [{ field: 'part_size', message }]);
  }

  return { partSizeBytes, numParts: Math.ceil(sizeBytes / partSizeBytes) };
}

/** The smallest parts that S3 takes of a file of this size. */
export function smallestPartBytes(sizeBytes: number): number {
  return Math.max(partBytes.min, Math.ceil(sizeBytes / parts));
}

/** Bytes of one part of the file, `partNumber` counting from 1. */
export function partBytesOf(plan: PartPlan, sizeBytes: number, partNumber: number): number {
  const before = (partNumber - 1) * plan.partSizeBytes;
  return Math.min(plan.partSizeBytes, sizeBytes - before);
}
