import type { Sentence } from './types.ts';

/** Some 10,000 tokens, three quarters of an hour of talk: more in one question, and models overlook its middle. */
const passageCharacters = 40_000;

/** A moment across the border of two passages is whole in one of them. */
const overlapMs = 120_000;

/** A long recording in passages that a model can read with care; each begins within the one before it. */
export function splitPassages(sentences: readonly Sentence[], characters = passageCharacters): Sentence[][] {
  const passages: Sentence[][] = [];
  let first = 0;
  while (first < sentences.length) {
    const end = endOfPassage(sentences, first, characters);
    passages.push(sentences.slice(first, end));
    if (end === sentences.length) break;
    const overlap = sentences.findLastIndex(
      ({ startMs }) => startMs <= sentences[end - 1]!.endMs - overlapMs,
    );
    // At least half of each passage is new, however few sentences fill it.
    first = Math.max(overlap, Math.ceil((first + end) / 2));
  }
  return passages;
}

/** At least one sentence, then as many as there is room for. */
function endOfPassage(sentences: readonly Sentence[], first: number, characters: number): number {
  let left = characters;
  let end = first;
  do {
    left -= sentences[end]!.text.length;
    end += 1;
  } while (end < sentences.length && sentences[end]!.text.length <= left);
  return end;
}
