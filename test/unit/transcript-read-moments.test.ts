import { describe, expect, it } from '@jest/globals';
import { chooseByTranscript } from '../../core/transcript/choose-by-transcript.ts';
import { readMoments } from '../../core/transcript/read-moments.ts';
import { aSound } from '../support/sound.ts';
import { anAnswer, aTranscript } from '../support/transcripts.ts';

const sentences = aTranscript(60);

/** What models have answered to somebody, somewhere. */
const corpus: [what: string, answer: unknown][] = [
  ['nothing', undefined],
  ['null', null],
  ['no moments', { moments: [] }],
  ['a refusal in words', "I'm sorry, but I can't help with that."],
  ['words in the form', { moments: 'There are no good moments here.' }],
  ['a list in place of the form', [anAnswer([1, 4]).moments]],
  ['other names', { clips: [{ start: 1, end: 4 }] }],
  ['a number', 42],
  ['times in place of numbers', { moments: [{ first_sentence: '00:01:20', last_sentence: '00:02:00' }] }],
  ['fractions', anAnswer([1.5, 4.2])],
  ['reversed ones', anAnswer([9, 4])],
  ['what is before the first', anAnswer([0, 4])],
  ['negative ones', anAnswer([-5, -1])],
  ['what is behind the last', anAnswer([58, 61])],
  ['infinite ones', anAnswer([1, Number.POSITIVE_INFINITY])],
  ['what is no number', anAnswer([Number.NaN, 4])],
  ['nested entries', { moments: [anAnswer([1, 4]).moments] }],
  ['empty entries', { moments: [{}, null, [], '', 0] }],
  ['a prototype', JSON.parse('{"__proto__": {"moments": [1]}, "moments": {"length": 3}}')],
];

describe('an answer that is not as it was asked', () => {
  it.each(corpus)('such as %s comes to nothing', (_what, answer) => {
    expect(readMoments(answer, sentences)).toEqual([]);
  });

  it('loses what is wrong and keeps what is right', () => {
    const { moments } = anAnswer([1, 4], [70, 80], [10, 12]);

    const read = readMoments({ moments: [...moments, 'and more'] }, sentences);

    expect(read.map(({ firstSentence }) => firstSentence)).toEqual([1, 10]);
  });

  it('is understood as a text that holds the list, and with numbers as texts', () => {
    const listed = { moments: JSON.stringify(anAnswer([1, 4]).moments) };
    const asTexts = {
      moments: [{ ...anAnswer([1, 4]).moments[0], first_sentence: '1', last_sentence: '4' }],
    };

    expect(readMoments(listed, sentences)).toHaveLength(1);
    expect(readMoments(asTexts, sentences)).toEqual(readMoments(listed, sentences));
  });

  it('gets a title, a reason and a score where it has none', () => {
    const bare = { moments: [{ first_sentence: 2, last_sentence: 5, title: 7, score: 'great' }] };
    const sound = aSound({ durationSeconds: 300 });
    const wishes = { numSegments: 1, minDurationSeconds: 10, maxDurationSeconds: 30 };

    const [segment] = chooseByTranscript(readMoments(bare, sentences), sentences, wishes, sound, 300, {
      strictly: true,
    });

    expect(segment).toMatchObject({ title: expect.stringContaining('number 2'), score: 0.5 });
    expect(segment!.reason).not.toBe('');
  });

  it('has its words cut to length and stripped of what cannot be seen', () => {
    const title = `Line\u0000 one\nline two \u001b[31m${'x'.repeat(100_000)}`;

    const [moment] = readMoments({ moments: [{ ...anAnswer([1, 4]).moments[0], title }] }, sentences);

    expect(moment!.title).toMatch(/^Line one line two/);
    expect(moment!.title).not.toMatch(/\p{Cc}/u);
    expect(moment!.title.length).toBeLessThanOrEqual(200);
  });

  it('can never be about sentences of another passage than the one it was asked about', () => {
    expect(readMoments(anAnswer([1, 4], [21, 24]), sentences.slice(20, 30))).toHaveLength(1);
  });
});
