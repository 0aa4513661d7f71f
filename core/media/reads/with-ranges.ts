import type { ByteSource } from '../types.ts';
import type { Extent } from './pace-reads.ts';
import { serveRanges } from './serve-ranges.ts';

/** A source while it can be read; `signal` ends what reads it. */
export interface Input {
  url: string;
  signal: AbortSignal;
}

/**
 * Runs `use` while the source can be read at `url`. A failed read ends it, and is what is thrown:
 * ffmpeg itself mostly exits 0 when its input breaks off. After an abort of `signal` its reason is thrown.
 * `extent` paces the reads; by default only parts will be wanted.
 */
export async function withRanges<T>(
  source: ByteSource,
  { signal, extent }: { signal: AbortSignal; extent?: Extent },
  use: (input: Input) => Promise<T>,
): Promise<T & { bytesRead: number }> {
  await using server = await serveRanges(source, signal, extent);
  try {
    const result = await use({ url: server.url, signal: AbortSignal.any([signal, server.failed]) });
    server.failed.throwIfAborted();
    return { ...result, bytesRead: server.bytesRead() };
  } catch (error) {
    signal.throwIfAborted();
    server.failed.throwIfAborted();
    throw error;
  }
}
