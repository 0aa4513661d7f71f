import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { backoffMs, retryAfterMs } from '../../cli/backoff.ts';
import { retrying, TransientFailure } from '../../cli/retrying.ts';

const signal = new AbortController().signal;
const now = Date.parse('2026-01-01T00:00:00Z');

describe('backoffMs', () => {
  it('is anything from nothing to a bound that doubles up to half a minute', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (failures, random) => {
          const ms = backoffMs(failures, random);

          expect(ms).toBeGreaterThanOrEqual(0);
          expect(ms).toBeLessThanOrEqual(30_000);
          expect(ms).toBeLessThanOrEqual(500 * 2 ** (failures - 1));
        },
      ),
    );
    expect([1, 2, 3, 7, 50].map((failures) => backoffMs(failures, 1))).toEqual([
      500, 1000, 2000, 30_000, 30_000,
    ]);
  });
});

describe('retryAfterMs', () => {
  it.each([
    ['3', 3000],
    ['0', 0],
    ['Thu, 01 Jan 2026 00:00:10 GMT', 10_000],
    ['Thu, 01 Jan 2020 00:00:00 GMT', 0],
    ['86400', 600_000],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('reads %j', (header, ms) => {
    expect(retryAfterMs(header, now)).toBe(ms);
  });
});

describe('retrying', () => {
  /** Work that fails as long as there are failures, and what it was waited for. */
  function failing(...failures: Error[]) {
    const waited: number[] = [];
    const work = async () => {
      const failure = failures.shift();
      if (failure) throw failure;
      return 'done';
    };
    const sleep = async (ms: number) => waited.push(ms);
    return { work, waited, patience: { signal, sleep, random: () => 1 } };
  }
  const busy = (retryAfter?: number) => new TransientFailure('busy', { retryAfterMs: retryAfter });

  it('waits longer after each failure, and as long as the server asks', async () => {
    const { work, waited, patience } = failing(busy(), busy(), busy(7000));

    const answer = await retrying(work, { ...patience, attempts: 4 });

    expect(answer).toBe('done');
    expect(waited).toEqual([500, 1000, 7000]);
  });

  it('gives up after so many failures in a row', async () => {
    const { work, waited, patience } = failing(busy(), busy(), busy());

    await expect(retrying(work, { ...patience, attempts: 3 })).rejects.toThrow('busy');

    expect(waited).toHaveLength(2);
  });

  it('has patience without end while all of the work gets on', async () => {
    const { work, patience } = failing(...Array.from({ length: 100 }, () => busy()));
    let finished = 0;
    const progress = () => Math.floor(finished++ / 2);

    const answer = await retrying(work, { ...patience, attempts: 3, progress });

    expect(answer).toBe('done');
  });

  it('tries nothing again that would only fail the same way', async () => {
    const { work, waited, patience } = failing(new Error('forbidden'));

    await expect(retrying(work, { ...patience, attempts: 9 })).rejects.toThrow('forbidden');

    expect(waited).toEqual([]);
  });

  it('stops where it is interrupted', async () => {
    const interruption = new AbortController();
    const { work, patience } = failing(busy(), busy());
    const sleep = async () => interruption.abort();

    const tried = retrying(work, { ...patience, attempts: 9, sleep, signal: interruption.signal });

    await expect(tried).rejects.toThrow('aborted');
  });
});
