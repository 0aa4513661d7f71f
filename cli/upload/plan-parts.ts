import type { ListedPart } from '../api/wire-types.ts';

export interface Part {
  /** From 1. */
  number: number;
  /** Bytes of the file, [start, end). */
  start: number;
  end: number;
}

/** The parts of a file, all of `partSizeBytes` but the last. */
export function planParts(sizeBytes: number, partSizeBytes: number): Part[] {
  return Array.from({ length: Math.ceil(sizeBytes / partSizeBytes) }, (_, index) => ({
    number: index + 1,
    start: index * partSizeBytes,
    end: Math.min(sizeBytes, (index + 1) * partSizeBytes),
  }));
}

/** What need not be sent again: S3 has it, and as long as it should be. */
export function finishedParts(parts: Part[], listed: ListedPart[]): ListedPart[] {
  const sizes = new Map(parts.map(({ number, start, end }) => [number, end - start]));
  return listed.filter(({ part_number, size }) => sizes.get(part_number) === size);
}
