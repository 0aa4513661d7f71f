import { open, stat } from 'node:fs/promises';
import type { ByteSource } from '../../core/media/types.ts';

/** A file on disk as a source. Opened anew for each read: nothing to close, and a file replaced meanwhile is seen. */
export async function fileSource(path: string): Promise<ByteSource> {
  const { size } = await stat(path);
  return {
    sizeBytes: size,
    async read(start, end, signal, room = Buffer.allocUnsafeSlow(end - start)) {
      signal.throwIfAborted();
      await using file = await open(path);
      const { bytesRead } = await file.read(room, 0, end - start, start);
      return room.subarray(0, bytesRead);
    },
  };
}
