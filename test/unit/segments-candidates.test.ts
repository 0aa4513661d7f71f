import { expect, it } from '@jest/globals';
import { candidates } from '../../core/segments/candidates.ts';
import { fittingLengths } from '../../core/segments/fitting-lengths.ts';
import { liveliness } from '../../core/segments/liveliness.ts';
import { usablePauses } from '../../core/segments/pauses.ts';
import { aSound } from '../support/sound.ts';

it('weighs no more than eight ranges a second, however many pauses there are', () => {
  const durationSeconds = 300;
  const silences = Array.from({ length: 3 * durationSeconds }, (_, n) => ({
    startSeconds: n / 3,
    endSeconds: n / 3 + 0.25,
  }));
  const lengths = fittingLengths(
    { numSegments: 5, minDurationSeconds: 1, maxDurationSeconds: 60 },
    durationSeconds,
  );
  const measure = liveliness(aSound({ durationSeconds, silences }), lengths.durationMs);

  const ranges = candidates(usablePauses(silences, lengths.durationMs), measure, lengths);

  expect(ranges.length).toBeGreaterThan(7 * durationSeconds);
  expect(ranges.length).toBeLessThanOrEqual(8 * (durationSeconds + 1) + 5);
});
