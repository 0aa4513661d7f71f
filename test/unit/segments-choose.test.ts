import { describe, expect, it } from '@jest/globals';
import { SourceTooShort } from '../../core/failures.ts';
import { chooseSegments } from '../../core/segments/choose-segments.ts';
import { aSound } from '../support/sound.ts';

const wishes = { numSegments: 3, minDurationSeconds: 15, maxDurationSeconds: 30 };

describe('chooseSegments', () => {
  it('finds the passages that are livelier than the rest', () => {
    const passages = [60, 250, 500].map((at) => ({ startSeconds: at, endSeconds: at + 30, gainDb: 6 }));

    const segments = chooseSegments(wishes, aSound({ passages }), 600);

    expect(segments).toHaveLength(3);
    segments.forEach(({ startSeconds, endSeconds }, index) => {
      expect(startSeconds).toBeGreaterThan(passages[index]!.startSeconds - 5);
      expect(endSeconds).toBeLessThan(passages[index]!.endSeconds + 5);
    });
  });

  it('says what is lively about them, in figures', () => {
    const passages = [{ startSeconds: 300, endSeconds: 340, gainDb: 5 }];

    const [segment] = chooseSegments({ ...wishes, numSegments: 1 }, aSound({ passages }), 600);

    expect(segment!.title).toMatch(/^(4:59|5:0\d), a loud passage$/);
    expect(segment!.reason).toBe('Louder than what is around it (+5 dB); begins and ends in a pause.');
  });

  it('prefers speech that flows to speech that halts', () => {
    const halting = Array.from({ length: 100 }, (_, n) => ({ startSeconds: 2 * n, endSeconds: 2 * n + 1 }));
    const flowing = Array.from({ length: 20 }, (_, n) => ({
      startSeconds: 200 + 10 * n,
      endSeconds: 200.4 + 10 * n,
    }));
    const silences = [...halting, ...flowing];

    const [segment] = chooseSegments(
      { ...wishes, numSegments: 1 },
      aSound({ durationSeconds: 400, silences }),
      400,
    );

    expect(segment!.startSeconds).toBeGreaterThan(195);
    expect(segment!.title).toContain('a fluent passage');
    expect(segment!.reason).toContain('Few pauses (');
  });

  it('is not fooled by a bang', () => {
    const passages = [
      { startSeconds: 100, endSeconds: 100.4, gainDb: 20 },
      { startSeconds: 400, endSeconds: 430, gainDb: 4 },
    ];

    const [segment] = chooseSegments({ ...wishes, numSegments: 1 }, aSound({ passages }), 600);

    expect(segment!.startSeconds).toBeGreaterThan(390);
  });

  it('takes one from each part of an even recording', () => {
    const segments = chooseSegments({ ...wishes, numSegments: 5 }, aSound({ durationSeconds: 3600 }), 3600);

    expect(segments.map(({ startSeconds }) => Math.floor(startSeconds / 720))).toEqual([0, 1, 2, 3, 4]);
  });

  it('leaves a part of the recording for livelier ones elsewhere', () => {
    const passages = [50, 100, 150].map((at) => ({ startSeconds: at, endSeconds: at + 30, gainDb: 9 }));

    const segments = chooseSegments(wishes, aSound({ passages }), 600);

    expect(segments.every(({ endSeconds }) => endSeconds < 190)).toBe(true);
  });

  it.each([
    ['quiet and full of pauses', 3],
    ['silent', 5],
  ])('makes no clip of a lull, %s, where the rest is far livelier', (_, pauseSeconds) => {
    const regular = aSound({ durationSeconds: 80 }).silences;
    const lull = [80, 85, 90, 95].map((at) => ({ startSeconds: at, endSeconds: at + pauseSeconds }));
    const passages = [{ startSeconds: 80, endSeconds: 100, gainDb: -12 }];
    const sound = aSound({ durationSeconds: 100, silences: [...regular, ...lull], passages });

    const asked = { numSegments: 10, minDurationSeconds: 8, maxDurationSeconds: 10 };
    const segments = chooseSegments(asked, sound, 100);

    expect(segments.length).toBeGreaterThan(6);
    expect(segments.every(({ endSeconds }) => endSeconds < 82)).toBe(true);
  });

  it.each([
    ['quiet throughout', { passages: [{ startSeconds: 0, endSeconds: 600, gainDb: -40 }] }],
    ['silent throughout', { silences: [{ startSeconds: 0, endSeconds: 600 }] }],
  ])('makes all clips of a recording that is %s', (_, options) => {
    expect(chooseSegments(wishes, aSound(options), 600)).toHaveLength(3);
  });

  it('begins just before a pause ends and ends just after one begins', () => {
    const segments = chooseSegments(wishes, aSound(), 600);

    for (const { startSeconds, endSeconds } of segments) {
      expect(startSeconds % 5).toBeCloseTo(4.25, 6);
      expect(endSeconds % 5).toBeCloseTo(4.25, 6);
    }
  });

  it('keeps dead air out', () => {
    const silences = [
      { startSeconds: 0, endSeconds: 12 },
      { startSeconds: 40, endSeconds: 60 },
    ];

    const [segment] = chooseSegments(
      { numSegments: 1, minDurationSeconds: 5, maxDurationSeconds: 60 },
      aSound({ durationSeconds: 60, silences }),
      60,
    );

    expect(segment).toMatchObject({ startSeconds: 11.75, endSeconds: 40.25 });
  });

  it('ends in a pause even where the length leaves no choice of it', () => {
    const silences = [
      { startSeconds: 4, endSeconds: 5 },
      { startSeconds: 14.5, endSeconds: 15.5 },
    ];

    const [segment] = chooseSegments(
      { numSegments: 1, minDurationSeconds: 10, maxDurationSeconds: 10 },
      aSound({ durationSeconds: 60, silences }),
      20,
    );

    expect(segment).toMatchObject({ startSeconds: 4.75, endSeconds: 14.75 });
  });

  it('shortens the clips so that all fit, and then takes fewer', () => {
    const sound = aSound({ durationSeconds: 100 });

    const shortened = chooseSegments(
      { numSegments: 5, minDurationSeconds: 15, maxDurationSeconds: 60 },
      sound,
      100,
    );
    const fewer = chooseSegments(
      { numSegments: 5, minDurationSeconds: 30, maxDurationSeconds: 60 },
      sound,
      100,
    );

    expect(shortened).toHaveLength(5);
    expect(fewer).toHaveLength(3);
  });

  it('takes the whole of a recording as long as the shortest clip', () => {
    const segments = chooseSegments(wishes, aSound({ durationSeconds: 15 }), 15.0004);

    expect(segments).toMatchObject([{ startSeconds: 0, endSeconds: 15 }]);
  });

  it('tells how long a recording is that is too short, and what to ask instead', () => {
    const choose = () => chooseSegments(wishes, aSound({ durationSeconds: 11 }), 11.04);

    expect(choose).toThrow(SourceTooShort);
    expect(choose).toThrow(
      'The recording is 11 s long, but clips of at least 15 s were asked. Ask for clips that fit: a min_duration of 11 or less.',
    );
  });

  it('works without a sound and without a pause', () => {
    const silent = { ...aSound({ durationSeconds: 300 }), lufs: [], silences: [] };
    const muted = { ...silent, silences: [{ startSeconds: 0, endSeconds: 300 }] };

    const chosen = [silent, muted].map((sound) => chooseSegments(wishes, sound, 300));

    expect(chosen.map((segments) => segments.length)).toEqual([3, 3]);
    expect(chosen[0]![0]!.reason).toBe('Silent throughout: nothing livelier is left in this part.');
  });

  it('chooses from what sounds when the picture outlasts the sound', () => {
    const segments = chooseSegments({ ...wishes, numSegments: 1 }, aSound({ durationSeconds: 60 }), 300);

    expect(segments[0]!.endSeconds).toBeLessThan(60);
  });
});
