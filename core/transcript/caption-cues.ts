import type { Cue } from '../media/captions/cue.ts';
import { cleanText } from '../media/captions/plain-text.ts';
import { joinWords } from './join-words.ts';
import type { Word } from './types.ts';

/** What the eye takes in without reading twice: https://www.bbc.co.uk/accessibility/forproducts/guides/subtitles */
const lineCharacters = 42;
const longestSeconds = 7;
const shortestSeconds = 1;

/** After this long a silence the next words come as a caption of their own. */
const pauseSeconds = 1;
const sentenceEnd = /[.?!…。！？؟۔।]["'”’»)\]]*$/u;

/**
 * Captions of what is said: at most two lines of 42 characters for at most 7 s, new ones with each sentence, never two
 * at once. On the clock of the words; `cuesWithin` cuts those of a clip out of them.
 */
export function captionCues(words: readonly Word[]): Cue[] {
  const cues = captions(words).map((caption) => ({
    startSeconds: caption[0]!.startSeconds,
    endSeconds: caption.at(-1)!.endSeconds,
    text: inLines(caption.map(({ text }) => text))!.join('\n'),
  }));
  return cues.map((cue, index) => ({ ...cue, endSeconds: endOf(cue, cues[index + 1]) }));
}

/** A short one stays for a moment, but gives way to the next. */
function endOf({ startSeconds, endSeconds }: Cue, next: Cue | undefined): number {
  const readable = Math.min(
    Math.max(endSeconds, startSeconds + shortestSeconds),
    startSeconds + longestSeconds,
  );
  return Math.min(readable, next?.startSeconds ?? readable);
}

/** The words of each caption. */
function captions(words: readonly Word[]): Word[][] {
  const rows: Word[][] = [];
  for (const word of words.flatMap(inPieces).sort((a, b) => a.startSeconds - b.startSeconds)) {
    const row = rows.at(-1);
    if (row && belongs(row, word)) row.push(word);
    else rows.push([word]);
  }
  return rows;
}

function belongs(row: Word[], word: Word): boolean {
  const last = row.at(-1)!;
  return (
    !sentenceEnd.test(last.text) &&
    word.startSeconds - last.endSeconds < pauseSeconds &&
    word.endSeconds - row[0]!.startSeconds <= longestSeconds &&
    inLines([...row, word].map(({ text }) => text)) !== undefined
  );
}

/** A word that is shown: cleaned; one that is longer than a line in several pieces. */
function inPieces(word: Word): Word[] {
  const characters = [...cleanText(word.text).replaceAll('\n', ' ')];
  const count = Math.ceil(characters.length / (lineCharacters / 2));
  if (characters.length <= lineCharacters) return count === 0 ? [] : [{ ...word, text: characters.join('') }];
  return Array.from({ length: count }, (_, index) => ({
    ...word,
    text: characters.slice((index * lineCharacters) / 2, ((index + 1) * lineCharacters) / 2).join(''),
  }));
}

/** One line, or two of about the same length; undefined if they don't fit into these. */
function inLines(texts: string[]): string[] | undefined {
  const whole = texts.reduce(joinWords, '');
  if (lengthOf(whole) <= lineCharacters) return [whole];
  const pairs = texts
    .slice(1)
    .map((_, index) =>
      [texts.slice(0, index + 1), texts.slice(index + 1)].map((part) => part.reduce(joinWords, '')),
    )
    .filter((lines) => lines.every((line) => lengthOf(line) <= lineCharacters));
  const longest = (lines: string[]) => Math.max(...lines.map(lengthOf));
  return pairs.toSorted((one, other) => longest(one) - longest(other))[0];
}

function lengthOf(line: string): number {
  return [...line].length;
}
