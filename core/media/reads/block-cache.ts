import type { ByteSource } from '../types.ts';
import { readWithRetry } from './read-with-retry.ts';

/** Small, because demuxers hop from header to header: a fragmented MP4 makes 900 hops, a block each. */
export const blockBytes = 64 * 1024;

/** 12 MiB: what ffmpeg goes back to (headers, indexes, the other track's last chunk), not whole files. */
const maxBlocks = 192;

export interface BlockCache {
  /**
   * Bytes from `start` on, up to `end` or fewer, never none. What is there is given first, without a fetch;
   * what is not is fetched in one read.
   */
  read(start: number, end: number): Promise<Uint8Array[]>;
}

/** The latest blocks of a source, in memory. */
export function createBlockCache(source: ByteSource, signal: AbortSignal): BlockCache {
  // In order of use, the oldest first. Promises, so that two readers of one block share one fetch.
  const blocks = new Map<number, Promise<Uint8Array>>();

  function keep(index: number, block: Promise<Uint8Array>) {
    blocks.delete(index);
    blocks.set(index, block);
    const [oldest] = blocks.keys();
    if (blocks.size > maxBlocks && oldest !== undefined) blocks.delete(oldest);
  }

  function fetchBlocks(first: number, last: number) {
    const start = first * blockBytes;
    const end = Math.min((last + 1) * blockBytes, source.sizeBytes);
    const fetched = readWithRetry(source, start, end, signal);
    return Array.from({ length: last - first + 1 }, (_, offset) => {
      // A copy, else one block in use would keep the whole fetch in memory.
      const block = fetched.then((bytes) => bytes.slice(offset * blockBytes, (offset + 1) * blockBytes));
      block.catch(() => blocks.delete(first + offset));
      return block;
    });
  }

  return {
    async read(start, end) {
      const first = Math.floor(start / blockBytes);
      const final = Math.floor((end - 1) / blockBytes);
      const cached = blocks.has(first);
      let last = first;
      while (last < final && blocks.has(last + 1) === cached) last += 1;

      const found = cached
        ? Array.from({ length: last - first + 1 }, (_, offset) => blocks.get(first + offset)!)
        : fetchBlocks(first, last);
      for (const [offset, block] of found.entries()) keep(first + offset, block);

      return (await Promise.all(found)).map((block, offset) => {
        const blockStart = (first + offset) * blockBytes;
        return block.subarray(Math.max(start - blockStart, 0), end - blockStart);
      });
    },
  };
}
