import type { LanguageModel, ModelUse } from '../ports/language.ts';
import type { SegmentWishes } from '../segments/types.ts';
import { askForMoments } from './ask-for-moments.ts';
import { readMoments } from './read-moments.ts';
import { splitPassages } from './split-passages.ts';
import type { Moment, Sentence } from './types.ts';

export interface Picked {
  /** Of all passages; they may overlap. */
  moments: Moment[];
  use: ModelUse;
  /** How many passages there are, and why those failed that did: names of errors, and words like `refused`. */
  passages: number;
  failures: string[];
}

/**
 * Asks a model about every passage of a recording, all at once. It never throws for what a model does: an answer that
 * is refused, cut off, late or useless is a failure beside the others. Throws only what aborted `signal`.
 */
export async function pickMoments(
  model: LanguageModel,
  sentences: readonly Sentence[],
  wishes: SegmentWishes,
  criterion: string | undefined,
  signal: AbortSignal,
): Promise<Picked> {
  const passages = splitPassages(sentences);
  const answers = await Promise.all(passages.map((passage) => ask(passage)));
  signal.throwIfAborted();
  const sum = (count: (use: ModelUse) => number) => answers.reduce((total, { use }) => total + count(use), 0);
  return {
    moments: answers.flatMap(({ moments }) => moments),
    use: {
      inputTokens: sum(({ inputTokens }) => inputTokens),
      outputTokens: sum(({ outputTokens }) => outputTokens),
    },
    passages: passages.length,
    failures: answers.flatMap(({ failure }) => (failure ? [failure] : [])),
  };

  async function ask(passage: readonly Sentence[]) {
    try {
      const { content, use, ending } = await model.ask(askForMoments(passage, wishes, criterion), { signal });
      if (ending !== 'complete') return { moments: [], use, failure: ending };
      const moments = readMoments(content, passage);
      return { moments, use, failure: moments.length > 0 ? undefined : 'empty' };
    } catch (error) {
      return { moments: [], use: { inputTokens: 0, outputTokens: 0 }, failure: (error as Error).name };
    }
  }
}
