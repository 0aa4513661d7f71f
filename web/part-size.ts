const MIB = 1024 ** 2;
const maxParts = 10_000;

/** Bytes of each part: 16 MiB, or as many whole MiB as let 10,000 parts suffice. */
export function partSizeBytes(fileSizeBytes: number): number {
  return Math.max(16, Math.ceil(fileSizeBytes / maxParts / MIB)) * MIB;
}
