import * as z from 'zod';
import type { Transcript, Word } from '../../core/transcript/types.ts';

const spoken = z.object({
  type: z.literal('pronunciation'),
  start_time: z.coerce.number(),
  end_time: z.coerce.number(),
  alternatives: z.array(z.object({ content: z.string() })).min(1),
});
const punctuation = z.object({
  type: z.literal('punctuation'),
  alternatives: z.array(z.object({ content: z.string() })).min(1),
});

const resultFile = z.object({
  results: z.object({
    language_code: z.string().optional(),
    items: z.array(z.discriminatedUnion('type', [spoken, punctuation])),
  }),
});

/**
 * Reads the file that Amazon Transcribe writes: https://docs.aws.amazon.com/transcribe/latest/dg/how-input.html.
 * Punctuation has no time of its own there and goes with the word before it.
 * @throws SyntaxError, ZodError
 */
export function readTranscribeResult(text: string): Transcript {
  const { language_code: languageCode, items } = resultFile.parse(JSON.parse(text)).results;
  const words: Word[] = [];
  for (const part of items) {
    const content = part.alternatives[0]!.content;
    const last = words.at(-1);
    if (part.type === 'pronunciation') {
      words.push({ text: content, startSeconds: part.start_time, endSeconds: part.end_time });
    } else if (last) last.text += content;
  }
  return { words, ...(languageCode && { languageCode }) };
}
