import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { SourceChanged } from '../../core/failures.ts';
import { mostAtOnce } from '../../core/media/reads/pace-reads.ts';
import { createReadAhead } from '../../core/media/reads/read-ahead.ts';
import type { ByteSource } from '../../core/media/types.ts';
import { watched } from '../support/media.ts';
import { memorySource } from '../support/memory-source.ts';

const KIB = 1024;
const sizeBytes = 2048 * KIB;
const plain = memorySource(sizeBytes);
const never = new AbortController().signal;
/** So long a run earns windows of 64 KiB, as many at once as there may be. */
const runBytes = 256 * KIB;

/** A source that knows which of its reads are under way; each goes on when `turn` is over. */
function trackedSource(turn: (start: number) => Promise<unknown>) {
  const underWay = new Map<number, AbortSignal>();
  let most = 0;
  const source: ByteSource = {
    sizeBytes,
    async read(start, end, signal, room) {
      underWay.set(start, signal);
      most = Math.max(most, [...underWay.values()].filter(({ aborted }) => !aborted).length);
      await turn(start);
      underWay.delete(start);
      signal.throwIfAborted();
      return plain.read(start, end, signal, room);
    },
  };
  return { source, underWay, most: () => most };
}

/** Where a reader begins, how much it asks for each time that it goes on from there, and whether it keeps what it got. */
const walks = fc.array(
  fc.record({
    start: fc.nat(sizeBytes - 1),
    asked: fc.array(fc.tuple(fc.constantFrom(10 * KIB, sizeBytes), fc.boolean()), {
      minLength: 1,
      maxLength: 8,
    }),
  }),
  { minLength: 1, maxLength: 6 },
);

describe('reading ahead', () => {
  it('gives every byte right, and never has more under way than it may, wherever the reader goes', async () => {
    const whole = Buffer.from(await plain.read(0, sizeBytes, never));
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), walks, async (scheduler, jumps) => {
        const { source, most } = trackedSource(() => scheduler.schedule(Promise.resolve()));
        const ahead = createReadAhead(source, never);
        const kept: { position: number; bytes: Uint8Array }[] = [];
        const isRight = (position: number, bytes: Uint8Array) =>
          whole.subarray(position, position + bytes.length).equals(bytes);
        const walk = async () => {
          for (const { start, asked } of jumps) {
            let position = start;
            for (const [askedBytes, keeps] of asked) {
              if (position === sizeBytes) break;
              const end = Math.min(position + askedBytes, sizeBytes);
              const { bytes, giveBack } = await ahead.read(position, end, runBytes);
              expect(isRight(position, bytes)).toBe(true);
              expect(bytes.length).toBeGreaterThan(0);
              expect(bytes.length).toBeLessThanOrEqual(end - position);
              if (keeps) kept.push({ position, bytes });
              else giveBack();
              position += bytes.length;
            }
          }
        };

        await scheduler.waitFor(walk());

        expect(kept.every(({ position, bytes }) => isRight(position, bytes))).toBe(true);
        expect(most()).toBeLessThanOrEqual(mostAtOnce);
      }),
    );
  });

  it('has the next windows on their way while the first is waited for', async () => {
    const { source, underWay } = trackedSource(() => new Promise(() => {}));

    void createReadAhead(source, never).read(0, sizeBytes, runBytes);

    expect([...underWay.keys()]).toEqual([0, 64 * KIB, 128 * KIB, 192 * KIB]);
  });

  it('has but one on its way for a reader that has earned no more, and none beyond what was asked', async () => {
    const { source, underWay } = trackedSource(() => new Promise(() => {}));

    void createReadAhead(source, never).read(0, sizeBytes, 0);
    void createReadAhead(source, never).read(1024 * KIB, 1100 * KIB, runBytes);

    expect([...underWay.keys()]).toEqual([0, 1024 * KIB, 1088 * KIB]);
  });

  it('stops what is on its way when the reader goes elsewhere', async () => {
    const { source, underWay } = trackedSource(async (start) => start > 0 && (await new Promise(() => {})));
    const ahead = createReadAhead(source, never);
    await ahead.read(0, sizeBytes, runBytes);
    const before = [...underWay.values()];

    void ahead.read(1024 * KIB, sizeBytes, runBytes);

    expect(before.map(({ aborted }) => aborted)).toEqual([true, true, true]);
    expect(underWay.get(1024 * KIB)?.aborted).toBe(false);
  });

  it('reads into the same memory again once it was given back', async () => {
    const rooms = new Set<unknown>();
    const source: ByteSource = {
      ...plain,
      read(start, end, signal, room) {
        rooms.add(room);
        return plain.read(start, end, signal, room);
      },
    };
    const ahead = createReadAhead(source, never);

    for (let n = 0; n < 20; n += 1) (await ahead.read(n * 64 * KIB, sizeBytes, runBytes)).giveBack();

    expect(rooms.size).toBe(mostAtOnce);
  });

  it('has what a window left behind collected before the next, where Node.js lets it', async () => {
    const collected = jest.fn();
    (globalThis as any).gc = collected;
    const ahead = createReadAhead(plain, never);

    try {
      for (const n of [0, 1, 2]) await ahead.read(n * 64 * KIB, sizeBytes, runBytes);
    } finally {
      delete (globalThis as any).gc;
    }

    expect(collected.mock.calls).toEqual([[{ type: 'minor' }], [{ type: 'minor' }], [{ type: 'minor' }]]);
  });

  it('no longer reads ahead for one that goes to and fro', async () => {
    const source = watched(plain);
    const ahead = createReadAhead(source, never);

    for (const start of [0, 1024 * KIB, 512 * KIB]) await ahead.read(start, sizeBytes, runBytes);

    const starts = source.reads.map(({ start }) => start / KIB);
    expect(starts).toEqual([0, 64, 128, 192, 1024, 512]);
  });

  it('stops everything when it is aborted, and tells why', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { source, underWay } = trackedSource(() => scheduler.schedule(Promise.resolve()));
        const stopping = new AbortController();
        const read = createReadAhead(source, stopping.signal).read(0, sizeBytes, runBytes);
        const signals = [...underWay.values()];

        stopping.abort(new Error('enough'));

        await expect(scheduler.waitFor(read)).rejects.toThrow('enough');
        expect(signals).toHaveLength(mostAtOnce);
        expect(signals.every(({ aborted }) => aborted)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('tells of a failure when its bytes are asked for, not before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 0, max: 5 }), async (scheduler, failing) => {
        const { source } = trackedSource(async (start) => {
          await scheduler.schedule(Promise.resolve());
          if (start === failing * 64 * KIB) throw new SourceChanged('The file was replaced.');
        });
        const ahead = createReadAhead(source, never);
        const walk = async () => {
          for (let n = 0; n < failing; n += 1) await ahead.read(n * 64 * KIB, sizeBytes, runBytes);
          return ahead.read(failing * 64 * KIB, sizeBytes, runBytes);
        };

        await expect(scheduler.waitFor(walk())).rejects.toBeInstanceOf(SourceChanged);
      }),
      { numRuns: 30 },
    );
  });

  it('tries a window again that fails in passing, before anybody asks for it', async () => {
    let failures = 0;
    const { source } = trackedSource(async (start) => {
      if (start === 128 * KIB && failures++ === 0) throw new Error('connection reset');
    });
    const ahead = createReadAhead(source, never);

    for (const n of [0, 1, 2]) await ahead.read(n * 64 * KIB, sizeBytes, runBytes);

    expect(failures).toBe(2);
  });
});
