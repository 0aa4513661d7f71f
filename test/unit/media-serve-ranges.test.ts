import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SourceChanged } from '../../core/failures.ts';
import { windowBytes } from '../../core/media/reads/pace-reads.ts';
import { parseRange } from '../../core/media/reads/parse-range.ts';
import { serveRanges } from '../../core/media/reads/serve-ranges.ts';
import type { ByteSource } from '../../core/media/types.ts';
import { watched } from '../support/media.ts';
import { memorySource } from '../support/memory-source.ts';

const MIB = 1024 * 1024;
const { signal } = new AbortController();

/** Reads [start, end) as ffmpeg does: asks for all from here on, and again where the answer ended. */
async function readThrough(url: string, start: number, end: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (let position = start; position < end; ) {
    const response = await fetch(url, { headers: { range: `bytes=${position}-` } });
    expect(response.status).toBe(206);
    const part = Buffer.from(await response.arrayBuffer());
    const last = position + part.length - 1;
    expect(response.headers.get('content-range')).toMatch(new RegExp(`^bytes ${position}-${last}/`));
    parts.push(part);
    position += part.length;
  }
  return Buffer.concat(parts).subarray(0, end - start);
}

describe('a Range header', () => {
  it('asks for bytes that are in the file, or can not be satisfied', () => {
    fc.assert(
      fc.property(
        fc.nat(1000),
        fc.nat(1000),
        fc.integer({ min: 1, max: 1000 }),
        (first, length, sizeBytes) => {
          const range = parseRange(`bytes=${first}-${first + length}`, sizeBytes);

          const expected = { start: first, end: Math.min(first + length + 1, sizeBytes) };
          expect(range).toEqual(first < sizeBytes ? expected : 'unsatisfiable');
        },
      ),
    );
  });

  it('may leave its start or its end open', () => {
    expect(parseRange('bytes=10-', 100)).toEqual({ start: 10, end: 100 });
    expect(parseRange('bytes=-10', 100)).toEqual({ start: 90, end: 100 });
    expect(parseRange('bytes=-1000', 100)).toEqual({ start: 0, end: 100 });
    expect(parseRange('bytes=-0', 100)).toBe('unsatisfiable');
  });

  it.each([undefined, 'bytes=-', 'bytes=5-2', 'bytes=0-1,4-5', 'lines=1-2', 'bytes=a-b'])(
    'is ignored: %s',
    (header) => {
      expect(parseRange(header, 100)).toBeUndefined();
    },
  );
});

describe('a source served by ranges', () => {
  it('gives exactly its bytes, wherever and however often they are read', async () => {
    const source = memorySource(3 * MIB + 12_345);
    const whole = Buffer.from(await source.read(0, source.sizeBytes, signal));
    await using server = await serveRanges(source, signal);

    const position = fc.nat(source.sizeBytes - 1);
    await fc.assert(
      fc.asyncProperty(position, position, async (a, b) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b) + 1];

        const read = await readThrough(server.url, start, end);

        expect(read.equals(whole.subarray(start, end))).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('fetches a block for a look at a header, and little more than was read for a long run', async () => {
    const source = watched(memorySource(16 * MIB));
    await using server = await serveRanges(source, signal);

    await readThrough(server.url, 5 * MIB, 5 * MIB + 10);
    const look = server.bytesRead();
    await readThrough(server.url, 8 * MIB, 12 * MIB);

    expect(look).toBe(64 * 1024);
    expect(server.bytesRead() - look).toBeLessThanOrEqual(4 * MIB + windowBytes(4 * MIB));
    expect(source.reads.length).toBeLessThan(25);
  });

  it('fetches nothing twice that it still has', async () => {
    const source = memorySource(4 * MIB);
    await using server = await serveRanges(source, signal);

    await readThrough(server.url, 0, 2 * MIB);
    const once = server.bytesRead();
    await readThrough(server.url, MIB, 2 * MIB);
    await Promise.all([
      readThrough(server.url, 3 * MIB, 3 * MIB + 1),
      readThrough(server.url, 3 * MIB, 3 * MIB + 1),
    ]);

    expect(server.bytesRead()).toBe(once + 64 * 1024);
  });

  it('gives the whole of it, several windows at a time, and reads no byte twice', async () => {
    const source = watched(memorySource(8 * MIB));
    const whole = Buffer.from(await source.read(0, source.sizeBytes, signal));
    source.reads.length = 0;
    await using server = await serveRanges(source, signal, 'whole');

    const read = await readThrough(server.url, 0, source.sizeBytes);

    expect(read.equals(whole)).toBe(true);
    expect(server.bytesRead()).toBe(source.sizeBytes);
    expect(source.reads.length).toBeLessThan(25);
  });

  it('fetches no more than a block for a look at a header, whoever wants the whole', async () => {
    await using server = await serveRanges(memorySource(4 * MIB), signal, 'whole');

    await readThrough(server.url, 0, 10);
    await readThrough(server.url, 3 * MIB, 3 * MIB + 10);

    expect(server.bytesRead()).toBe(2 * 64 * 1024);
  });

  it('answers to its own path only, and only to reads', async () => {
    await using server = await serveRanges(memorySource(1000), signal);
    const range = { range: 'bytes=0-' };

    const elsewhere = await fetch(new URL('/', server.url), { headers: range });
    const post = await fetch(server.url, { method: 'POST', headers: range });
    const beyond = await fetch(server.url, { headers: { range: 'bytes=1000-' } });
    const head = await fetch(server.url, { method: 'HEAD' });

    expect([elsewhere.status, post.status, beyond.status, head.status]).toEqual([404, 404, 416, 200]);
    expect(head.headers.get('content-length')).toBe('1000');
  });

  it('tries again when a read fails in passing', async () => {
    const source = memorySource(1000);
    let reads = 0;
    const shaky: ByteSource = {
      ...source,
      read(...range) {
        reads += 1;
        if (reads === 1) return Promise.reject(new Error('connection reset'));
        if (reads === 2) return Promise.resolve(new Uint8Array(3));
        return source.read(...range);
      },
    };
    await using server = await serveRanges(shaky, signal);

    const read = await readThrough(server.url, 0, 1000);

    expect(read).toHaveLength(1000);
    expect(server.failed.aborted).toBe(false);
  });

  it('reports a permanent failure at once, and does not try again', async () => {
    let reads = 0;
    const changed: ByteSource = {
      sizeBytes: 1000,
      read() {
        reads += 1;
        return Promise.reject(new SourceChanged('The file was replaced.'));
      },
    };
    await using server = await serveRanges(changed, signal);

    await expect(fetch(server.url, { headers: { range: 'bytes=0-' } })).rejects.toThrow();

    expect(server.failed.reason).toBeInstanceOf(SourceChanged);
    expect(reads).toBe(1);
  });

  it('refuses connections once it is closed', async () => {
    const server = await serveRanges(memorySource(1000), signal);
    await server[Symbol.asyncDispose]();

    await expect(fetch(server.url)).rejects.toThrow();
  });
});
