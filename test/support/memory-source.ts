import type { ByteSource } from '../../core/media/types.ts';

/** A recording of nothing: each byte tells its position. */
export function memorySource(sizeBytes: number): ByteSource {
  const bytes = new Uint8Array(sizeBytes);
  for (let position = 0; position < sizeBytes; position += 1)
    bytes[position] = position * 31 + (position >> 8);
  return {
    sizeBytes,
    async read(start, end, _signal, room = new Uint8Array(end - start)) {
      room.set(bytes.subarray(start, end));
      return room.subarray(0, end - start);
    },
  };
}
