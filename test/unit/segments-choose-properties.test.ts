import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Sound } from '../../core/media/types.ts';
import { chooseSegments } from '../../core/segments/choose-segments.ts';
import { spreadSegments } from '../../core/segments/spread-segments.ts';
import type { Segment, SegmentWishes } from '../../core/segments/types.ts';

const milliseconds = (min: number, max: number) =>
  fc.integer({ min: min * 1000, max: max * 1000 }).map((ms) => ms / 1000);

const someWishes = fc
  .record({
    numSegments: fc.integer({ min: 1, max: 50 }),
    lengths: fc.tuple(milliseconds(1, 60), milliseconds(1, 60)),
  })
  .map(({ numSegments, lengths }) => ({
    numSegments,
    minDurationSeconds: Math.min(...lengths),
    maxDurationSeconds: Math.max(...lengths),
  }));

const someSilences = fc
  .array(fc.tuple(milliseconds(0, 20), milliseconds(0.01, 3)), { maxLength: 80 })
  .map((gaps) => {
    let at = 0;
    return gaps.map(([sound, pause]) => {
      const startSeconds = at + sound;
      at = startSeconds + pause;
      return { startSeconds, endSeconds: at };
    });
  });

const someSeries = (min: number, max: number) =>
  fc.array(
    fc.oneof(
      { weight: 8, arbitrary: fc.double({ min, max, noNaN: true }) },
      fc.constantFrom(0, -120, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
    ),
    { maxLength: 200 },
  );

/** Sound that need not be as long as the recording, nor agree with its pauses or with itself. */
const someSound: fc.Arbitrary<Sound> = fc.record({
  durationSeconds: milliseconds(0, 400),
  stepSeconds: fc.constantFrom(0.05, 0.1, 0.5, 1),
  lufs: someSeries(-80, 0),
  pitchHz: someSeries(60, 400),
  brightnessHz: someSeries(0, 8000),
  flatness: someSeries(0, 1),
  silences: someSilences,
});

const someCase = fc
  .tuple(someWishes, someSound, milliseconds(1, 400))
  .filter(([wishes, , durationSeconds]) => durationSeconds >= wishes.minDurationSeconds);

/** Nothing was measured. */
const silence = { stepSeconds: 0.1, lufs: [], pitchHz: [], brightnessHz: [], flatness: [] };

function expectWellFormed(segments: Segment[], wishes: SegmentWishes, durationSeconds: number): void {
  const fits = Math.floor((durationSeconds + 1e-9) / wishes.minDurationSeconds);
  expect(segments.length).toBeGreaterThanOrEqual(1);
  expect(segments.length).toBeLessThanOrEqual(Math.min(wishes.numSegments, fits));
  let previousEnd = 0;
  for (const { startSeconds, endSeconds, title, reason, score = 0.5 } of segments) {
    expect(startSeconds).toBeGreaterThanOrEqual(previousEnd);
    expect(endSeconds).toBeLessThanOrEqual(durationSeconds);
    expect(endSeconds - startSeconds).toBeGreaterThan(wishes.minDurationSeconds - 1e-6);
    expect(endSeconds - startSeconds).toBeLessThan(wishes.maxDurationSeconds + 1e-6);
    expect(startSeconds).toBe(Math.round(startSeconds * 1000) / 1000);
    expect(`${title} ${reason}`).not.toMatch(/NaN|undefined|Infinity/);
    expect(score >= 0 && score <= 1).toBe(true);
    previousEnd = endSeconds;
  }
}

describe('chooseSegments, whatever the recording', () => {
  it('gives as many as fit: in order, within the recording, as long as asked, never overlapping', () => {
    fc.assert(
      fc.property(someCase, ([wishes, sound, durationSeconds]) => {
        expectWellFormed(chooseSegments(wishes, sound, durationSeconds), wishes, durationSeconds);
      }),
      { numRuns: 150 },
    );
  });

  it('gives the same for the same', () => {
    fc.assert(
      fc.property(someCase, ([wishes, sound, durationSeconds]) => {
        const again = structuredClone(sound);

        expect(chooseSegments(wishes, sound, durationSeconds)).toEqual(
          chooseSegments(wishes, again, durationSeconds),
        );
      }),
      { numRuns: 25 },
    );
  });

  it('never cuts speech where pauses come often and the lengths leave room', () => {
    const regular = fc.array(fc.tuple(milliseconds(1, 4), milliseconds(0.25, 2)), {
      minLength: 60,
      maxLength: 90,
    });
    fc.assert(
      fc.property(regular, fc.integer({ min: 1, max: 4 }), (gaps, numSegments) => {
        let at = 0;
        const silences = gaps.map(([sound, pause]) => {
          const startSeconds = at + sound;
          at = startSeconds + pause;
          return { startSeconds, endSeconds: at };
        });
        const sound = { ...silence, durationSeconds: at, silences };

        const segments = chooseSegments(
          { numSegments, minDurationSeconds: 8, maxDurationSeconds: 20 },
          sound,
          at,
        );

        const isQuiet = (time: number) =>
          time === 0 || silences.some((s) => time >= s.startSeconds - 0.001 && time <= s.endSeconds + 0.001);
        expect(segments.filter((s) => !isQuiet(s.startSeconds) || !isQuiet(s.endSeconds))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});

describe('spreadSegments, whatever the recording', () => {
  it('gives as many as fit: in order, within the recording, as long as asked, never overlapping', () => {
    fc.assert(
      fc.property(someCase, fc.array(milliseconds(0, 400)), ([wishes, , durationSeconds], scenes) => {
        expectWellFormed(spreadSegments(wishes, durationSeconds, scenes), wishes, durationSeconds);
      }),
    );
  });
});
