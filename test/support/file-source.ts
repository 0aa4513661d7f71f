import { open, stat } from 'node:fs/promises';
import type { ByteSource } from '../../core/media/types.ts';

/** A file on disk as a source. Opened anew for each read: nothing to close, and a file replaced meanwhile is seen. */
export async function fileSource(path: string): Promise<ByteSource> {
  const { size } = await stat(path);
  return {
    sizeBytes: size,
    async read(start, end, signal) {
      signal.throwIfAborted();
      await using file = await open(path);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(end - start), 0, end - start, start);
      return buffer.subarray(0, bytesRead);
    },
  };
}
