import type { Moment, Sentence, Word } from '../../core/transcript/types.ts';

/**
 * Somebody who speaks sentence after sentence in the rhythm of `aSound`: each four seconds long, with half a second of
 * pause behind it and another half until the next.
 */
export function spokenWords(sentences: readonly string[]): Word[] {
  return sentences.flatMap((sentence, index) => {
    const words = sentence.split(' ');
    const secondsEach = 4 / words.length;
    const saidFrom = index === 0 ? 0 : index * 5 - 0.5;
    return words.map((text, n) => ({
      text,
      startSeconds: saidFrom + n * secondsEach,
      endSeconds: saidFrom + (n + 1) * secondsEach,
    }));
  });
}

/** As many sentences in that rhythm as fill a recording. */
export function someSentences(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `This is what was said as number ${index + 1}.`);
}

/** The numbered sentences themselves. */
export function aTranscript(count: number): Sentence[] {
  return Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    startMs: index === 0 ? 0 : index * 5000 - 500,
    endMs: index * 5000 + 4000,
    text: `This is what was said as number ${index + 1}.`,
  }));
}

export function aMoment(
  firstSentence: number,
  lastSentence: number,
  overrides: Partial<Moment> = {},
): Moment {
  const words = { title: 'A title', description: 'What is said', reason: 'It is good' };
  return { firstSentence, lastSentence, ...words, score: 0.5, ...overrides };
}

/** What a model answers that does as it was asked. */
export function anAnswer(...rows: [first: number, last: number, score?: number][]) {
  return {
    moments: rows.map(([first_sentence, last_sentence, score = 70]) => ({
      first_sentence,
      last_sentence,
      title: `From ${first_sentence}`,
      description: 'What is said there.',
      reason: 'It is worth it.',
      score,
    })),
  };
}
