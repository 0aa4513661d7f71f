import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ByteSource } from '../types.ts';
import { createBlockCache } from './block-cache.ts';
import { createRuns, type Extent, windowEnd, windowsAtOnce } from './pace-reads.ts';
import { parseRange } from './parse-range.ts';
import { createReadAhead } from './read-ahead.ts';

export interface RangeServer extends AsyncDisposable {
  /** By IP address: a static ffmpeg crashes when it resolves a name. */
  url: string;
  /** Aborts with the source's error when a read failed for good: what ffmpeg says of it is then noise. */
  failed: AbortSignal;
  /** Bytes asked of the source until now: those that were asked twice, or given up, too. */
  bytesRead(): number;
}

/** What the reader must be told: each answer is short, and the next request asks for the rest. */
export const reconnectArgs = ['-reconnect', '1', '-reconnect_delay_max', '0'];

/**
 * Serves one source over HTTP on loopback, at a path nobody can guess.
 *
 * ffmpeg asks for "all from here on" and hangs up when it has enough; by then the kernel's buffers would hold
 * megabytes that were fetched for nothing. So each answer is one window of what was asked (RFC 9110 §14.2
 * allows it), and that ffmpeg connects again for the next is the sign that it used up the last.
 */
export async function serveRanges(
  source: ByteSource,
  signal: AbortSignal,
  extent: Extent = 'parts',
): Promise<RangeServer> {
  signal.throwIfAborted();
  const closing = new AbortController();
  const failing = new AbortController();
  const ended = AbortSignal.any([signal, closing.signal]);
  let bytesRead = 0;
  const counted: ByteSource = {
    sizeBytes: source.sizeBytes,
    read(start, end, ...how) {
      bytesRead += end - start;
      return source.read(start, end, ...how);
    },
  };
  const cache = createBlockCache(counted, ended);
  const ahead = createReadAhead(counted, ended);
  const runs = createRuns();
  const path = `/${randomBytes(16).toString('hex')}`;

  /** `sent`: to be called when nobody looks at them any more. */
  async function readWindow(start: number, end: number): Promise<{ slices: Uint8Array[]; sent?(): void }> {
    const runBytes = runs.take(start);
    const keep = (slices: Uint8Array[]) => {
      const length = totalBytes(slices);
      runs.put(start + length, runBytes + length);
      return slices;
    };
    if (extent === 'whole' && windowsAtOnce(runBytes) > 1) {
      const { bytes, giveBack } = await ahead.read(start, end, runBytes);
      return { slices: keep([bytes]), sent: giveBack };
    }
    ahead.drop();
    return { slices: keep(await cache.read(start, windowEnd(start, end, runBytes, extent))) };
  }

  const server = createServer(async (request, response) => {
    if (request.url !== path || !['GET', 'HEAD'].includes(request.method ?? '')) {
      response.writeHead(404).end();
      return;
    }
    const { sizeBytes } = source;
    const headers = { 'accept-ranges': 'bytes', connection: 'close' };
    if (request.method === 'HEAD') {
      response.writeHead(200, { ...headers, 'content-length': sizeBytes }).end();
      return;
    }
    // A whole file is never asked for, and would not fit the windows.
    const range = parseRange(request.headers.range, sizeBytes) ?? 'unsatisfiable';
    if (range === 'unsatisfiable') {
      response.writeHead(416, { ...headers, 'content-range': `bytes */${sizeBytes}` }).end();
      return;
    }
    try {
      const { start, end } = range;
      const { slices, sent } = await readWindow(start, end);
      if (sent) response.once('close', sent);
      const sentBytes = totalBytes(slices);
      response.writeHead(206, {
        ...headers,
        'content-length': sentBytes,
        'content-range': `bytes ${start}-${start + sentBytes - 1}/${sizeBytes}`,
      });
      // One by one: joined, they would all be in memory once more.
      for (const slice of slices) response.write(slice);
      response.end();
    } catch (error) {
      if (!closing.signal.aborted) failing.abort(error);
      response.destroy();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    failed: failing.signal,
    bytesRead: () => bytesRead,
    async [Symbol.asyncDispose]() {
      closing.abort();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const totalBytes = (slices: Uint8Array[]) => slices.reduce((sum, { length }) => sum + length, 0);
