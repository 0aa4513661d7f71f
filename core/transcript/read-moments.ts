import * as z from 'zod';
import { limits } from '../limits.ts';
import { cleanText } from '../media/captions/plain-text.ts';
import type { Moment, Sentence } from './types.ts';

/** Of what a model answers about one passage, at most this much is looked at. */
const maxMoments = 100;

const sentenceNumber = z.coerce.number().pipe(z.int());
const text = z.string().catch('').transform(inOneLine);

const answeredMoment = z.object({
  first_sentence: sentenceNumber,
  last_sentence: sentenceNumber,
  title: text,
  description: text,
  reason: text,
  score: z.coerce.number().min(0).max(100).catch(50),
});

/**
 * The moments in a model's answer about a passage. Nothing in it is trusted: an entry that is not as it was asked,
 * or not within the passage, is left out; so whatever the answer, or whoever talked the model into it, all that comes
 * of it are rows of sentences of this passage.
 */
export function readMoments(answer: unknown, passage: readonly Sentence[]): Moment[] {
  const [first, last] = [passage[0]?.number ?? 1, passage.at(-1)?.number ?? 0];
  return entriesOf(answer)
    .slice(0, maxMoments)
    .flatMap((entry) => {
      const { success, data } = answeredMoment.safeParse(entry);
      if (!success) return [];
      const { first_sentence: firstSentence, last_sentence: lastSentence, title, description, reason } = data;
      if (firstSentence < first || lastSentence > last || firstSentence > lastSentence) return [];
      return [{ firstSentence, lastSentence, title, description, reason, score: data.score / 100 }];
    });
}

function entriesOf(answer: unknown): unknown[] {
  const moments = (answer as { moments?: unknown } | null | undefined)?.moments;
  return Array.isArray(moments) ? moments : parsedList(moments);
}

/** Models now and then put the list into the form as a text. */
function parsedList(moments: unknown): unknown[] {
  if (typeof moments !== 'string') return [];
  try {
    const parsed: unknown = JSON.parse(moments);
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}

/** They turn around whatever is shown beside them; scripts written from the right need none. */
const directions = /[\u202A-\u202E\u2066-\u2069]/g;

/** Empty where nothing of it can be seen. */
function inOneLine(words: string): string {
  const line = cleanText(words.slice(0, limits.titleCharacters * 5).replace(directions, '')).replaceAll(
    '\n',
    ' ',
  );
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(line)) return '';
  if (line.length <= limits.titleCharacters) return line;
  return cleanText(`${line.slice(0, limits.titleCharacters - 1).trimEnd()}…`);
}
