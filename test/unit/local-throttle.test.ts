import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createThrottle } from '../../local/http-api/throttle.ts';

const costly = { key: 'POST /api/jobs', throttle: { ratePerSecond: 2, burst: 3 } };

describe('throttling a route', () => {
  it('takes a burst, then as many as the rate gives back, and no more however long it was quiet', () => {
    let nowMs = 0;
    const admit = createThrottle(() => nowMs);
    const many = () => Array.from({ length: 5 }, () => admit(costly));

    const burst = many();
    nowMs = 500;
    const after = many();
    nowMs = 60_000;
    const later = many();

    expect(burst).toEqual([true, true, true, false, false]);
    expect(after).toEqual([true, false, false, false, false]);
    expect(later).toEqual(burst);
  });

  it('counts each route for itself, and those without limits not at all', () => {
    const admit = createThrottle(() => 0);
    for (const _ of [1, 2, 3]) admit(costly);

    expect(admit(costly)).toBe(false);
    expect(admit({ ...costly, key: 'GET /api/jobs' })).toBe(true);
    expect(Array.from({ length: 1000 }, () => admit({ key: 'GET /' }))).not.toContain(false);
  });

  it('never takes more than burst and rate allow, however requests come', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400), { maxLength: 200 }), (gapsMs) => {
        let nowMs = 0;
        const admit = createThrottle(() => nowMs);

        const taken = gapsMs.filter((gapMs) => {
          nowMs += gapMs;
          return admit(costly);
        });

        expect(taken.length).toBeLessThanOrEqual(3 + (nowMs / 1000) * 2 + 1e-6);
      }),
    );
  });
});
