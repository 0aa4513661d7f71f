import { setTimeout as pause } from 'node:timers/promises';
import { PermanentFailure } from '../../failures.ts';
import type { ByteSource } from '../types.ts';

const pausesMs = [200, 800, 3200];
const readTimeoutMs = 30_000;

/** Reads [start, end) and checks that all of it came. Permanent failures and aborts are never tried again; an abort throws its reason. */
export async function readWithRetry(
  source: ByteSource,
  start: number,
  end: number,
  signal: AbortSignal,
  room?: Uint8Array,
): Promise<Uint8Array> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      // A connection that went silent is as good as broken.
      const bytes = await source.read(
        start,
        end,
        AbortSignal.any([signal, AbortSignal.timeout(readTimeoutMs)]),
        room,
      );
      if (bytes.length !== end - start) {
        throw new Error(`Asked for bytes ${start} to ${end} of the source, got ${bytes.length}`);
      }
      return bytes;
    } catch (error) {
      const pauseMs = pausesMs[attempt];
      signal.throwIfAborted();
      if (error instanceof PermanentFailure || pauseMs === undefined) throw error;
      // Its own error would hide the reason.
      await pause(pauseMs, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }
}
