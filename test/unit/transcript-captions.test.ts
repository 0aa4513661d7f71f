import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { captionCues } from '../../core/transcript/caption-cues.ts';
import type { Word } from '../../core/transcript/types.ts';
import { spokenWords } from '../support/transcripts.ts';

/** People's words, one after the other, with a silence here and there. */
const speech = fc
  .array(
    fc.record({
      text: fc.oneof(
        { weight: 8, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }) },
        fc.constantFrom('end.', '漢字', 'a'.repeat(200), '\u0000', '  '),
      ),
      seconds: fc.double({ min: 0.02, max: 3, noNaN: true }),
      silence: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 5, noNaN: true })),
    }),
    { maxLength: 80 },
  )
  .map((said) => {
    let at = 0;
    return said.map(({ text, seconds, silence }): Word => {
      const startSeconds = at;
      at += seconds + silence;
      return { text, startSeconds, endSeconds: startSeconds + seconds };
    });
  });

describe('captions of what is said', () => {
  it('are shown with the words, a new one for each sentence', () => {
    const cues = captionCues(spokenWords(['Good evening.', 'Shall we begin?']));

    expect(cues).toEqual([
      { startSeconds: 0, endSeconds: 4, text: 'Good evening.' },
      { startSeconds: 4.5, endSeconds: 8.5, text: 'Shall we begin?' },
    ]);
  });

  it('stand in two lines of about the same length where one is too short', () => {
    const [cue] = captionCues(spokenWords(['Nobody has ever seen anything like this before in their life.']));

    expect(cue!.text).toBe('Nobody has ever seen anything\nlike this before in their life.');
  });

  it('go on in another caption where two lines are too short', () => {
    const sentence = Array.from({ length: 30 }, (_, index) => `word${index}`).join(' ');

    expect(captionCues(spokenWords([sentence])).length).toBeGreaterThan(1);
  });

  it('stay for a second, but never longer than until the next', () => {
    const words = [
      { text: 'Yes.', startSeconds: 0, endSeconds: 0.2 },
      { text: 'No.', startSeconds: 0.5, endSeconds: 0.7 },
    ];

    expect(captionCues(words).map(({ endSeconds }) => endSeconds)).toEqual([0.5, 1.5]);
  });

  it('are always readable: two lines of 42 characters at most, 7 s at most, one at a time, nothing lost', () => {
    fc.assert(
      fc.property(speech, (words) => {
        const cues = captionCues(words);

        for (const [index, { startSeconds, endSeconds, text }] of cues.entries()) {
          const lines = text.split('\n');
          expect(lines.length).toBeLessThanOrEqual(2);
          expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(42);
          expect(endSeconds - startSeconds).toBeLessThanOrEqual(7 + 1e-9);
          expect(startSeconds).toBeGreaterThanOrEqual(cues[index - 1]?.endSeconds ?? 0);
        }
        const letters = (text: string) => text.replace(/[\s\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/gu, '');
        expect(letters(cues.map(({ text }) => text).join(''))).toBe(
          letters(words.map(({ text }) => text).join('')),
        );
      }),
      { numRuns: 200 },
    );
  });
});
