import { joinWords } from './join-words.ts';
import type { Sentence, Word } from './types.ts';

/** Full stops of the scripts that Transcribe writes, perhaps within quotes or brackets. */
const sentenceEnd = /[.?!…。！？؟۔।]["'”’»)\]]*$/u;

/** So long a pause ends a thought, whatever the punctuation says. */
const longPauseMs = 1500;

/** Who speaks without full stops is parted at the next breath after this, or else in the middle of it all. */
const breath = { afterMs: 12_000, pauseMs: 250 };
const longestMs = 20_000;

/** The sentences of a recording, numbered from 1. Words that take no time, or run backwards, are left out. */
export function splitSentences(words: readonly Word[]): Sentence[] {
  const sentences: Sentence[] = [];
  let current: Sentence | undefined;
  for (const { text, startMs, endMs } of inOrder(words)) {
    if (current && endsBefore(current, startMs)) current = undefined;
    if (current) {
      current.text = joinWords(current.text, text);
      current.endMs = endMs;
    } else {
      current = { number: sentences.length + 1, startMs, endMs, text };
      sentences.push(current);
    }
    if (sentenceEnd.test(text)) current = undefined;
  }
  return sentences;
}

function inOrder(words: readonly Word[]) {
  return words
    .map(({ text, startSeconds, endSeconds }) => ({
      text: text.replace(/\s+/g, ' ').trim(),
      startMs: Math.max(0, Math.round(startSeconds * 1000)),
      endMs: Math.round(endSeconds * 1000),
    }))
    .filter(({ text, startMs, endMs }) => text !== '' && endMs > startMs)
    .sort((one, other) => one.startMs - other.startMs);
}

function endsBefore({ startMs, endMs }: Sentence, nextMs: number): boolean {
  const pauseMs = nextMs - endMs;
  const lengthMs = endMs - startMs;
  return (
    pauseMs >= longPauseMs ||
    (lengthMs >= breath.afterMs && pauseMs >= breath.pauseMs) ||
    lengthMs >= longestMs
  );
}
