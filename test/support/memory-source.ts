import type { ByteSource } from '../../core/media/types.ts';

/** A recording of nothing: each byte tells its position. */
export function memorySource(sizeBytes: number): ByteSource {
  const bytes = Uint8Array.from(
    { length: sizeBytes },
    (_, position) => (position * 31 + (position >> 8)) & 0xff,
  );
  return { sizeBytes, read: async (start, end) => bytes.slice(start, end) };
}
