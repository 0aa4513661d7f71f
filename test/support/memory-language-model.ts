import type { Answer, LanguageModel, Question } from '../../core/ports/language.ts';

/** A model that answers by rote: the same to each question, or what `answer` makes of it; an error is thrown. */
export function memoryLanguageModel(
  answer: unknown | ((question: Question) => unknown),
  ending: Answer['ending'] = 'complete',
): LanguageModel & { questions: Question[] } {
  const questions: Question[] = [];
  return {
    name: 'by-rote',
    questions,
    async ask(question, { signal }) {
      signal.throwIfAborted();
      questions.push(question);
      const content = typeof answer === 'function' ? answer(question) : answer;
      if (content instanceof Error) throw content;
      return { ending, content, use: { inputTokens: 1000, outputTokens: 100 } };
    },
  };
}
