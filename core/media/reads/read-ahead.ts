import type { ByteSource } from '../types.ts';
import { collectYoung } from './collect-young.ts';
import { mostWindowBytes, windowEnd, windowsAtOnce } from './pace-reads.ts';
import { readWithRetry } from './read-with-retry.ts';

/** Bytes that are the reader's until it has given them back: their memory is then used again. */
export interface LentBytes {
  bytes: Uint8Array;
  giveBack(): void;
}

export interface ReadAhead {
  /**
   * Bytes from `start` on, up to `end` or fewer, never none, for a reader that has read `runBytes` in sequence. What
   * it will ask for next is then on its way, several windows at a time. Throws what its own window failed with,
   * never what a later one did. A read elsewhere drops all that.
   */
  read(start: number, end: number, runBytes: number): Promise<LentBytes>;
  /** The reader went elsewhere: stops what is on its way, and forgets it. */
  drop(): void;
}

interface Window {
  start: number;
  end: number;
  room: Uint8Array;
  bytes: Promise<Uint8Array>;
  stop: AbortController;
}

/**
 * The windows that one sequential reader gets next. At most `mostAtOnce` of them are in memory, beside the one that it
 * uses, and always the same memory: to collect new memory for each would take more time than the reading.
 */
export function createReadAhead(source: ByteSource, signal: AbortSignal): ReadAhead {
  let ahead: Window[] = [];
  let droppedBytes = 0;
  const free: Uint8Array[] = [];

  function fetch(start: number, end: number): Window {
    const stop = new AbortController();
    const room = free.pop() ?? Buffer.allocUnsafeSlow(Math.min(mostWindowBytes, source.sizeBytes));
    const bytes = readWithRetry(source, start, end, AbortSignal.any([signal, stop.signal]), room);
    // Told when it's asked for, which it may never be.
    bytes.catch(() => {});
    return { start, end, room, bytes, stop };
  }

  function drop() {
    for (const { start, end, stop } of ahead) {
      stop.abort();
      droppedBytes += end - start;
    }
    ahead = [];
  }

  return {
    async read(start, end, runBytes) {
      if (ahead[0]?.start !== start) drop();
      // Whoever goes to and fro, as in a file whose tracks lie one after the other, would have it all fetched twice.
      const most = droppedBytes > source.sizeBytes / 100 ? 1 : windowsAtOnce(runBytes);
      for (let next = ahead.at(-1)?.end ?? start; ahead.length < most && next < end; ) {
        const window = fetch(next, windowEnd(next, end, runBytes + next - start, 'whole'));
        ahead.push(window);
        next = window.end;
      }
      const { bytes, room } = ahead.shift()!;
      const read = await bytes;
      collectYoung();
      return { bytes: read.subarray(0, end - start), giveBack: () => free.push(room) };
    },
    drop,
  };
}
