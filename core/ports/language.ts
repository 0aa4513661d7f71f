import type { Transcript } from '../transcript/types.ts';
import type { StoredObject } from './object-store.ts';

/** Writes down what is said in a recording: a job of the service's own, begun, asked about, and read in the end. */
export interface Transcriber {
  /** Beginning the same name twice is one transcription. Its result will lie at `resultKey` of the uploads bucket. */
  start(transcription: { name: string; audioKey: string; resultKey: string }): Promise<void>;
  /** Of one that was begun. A failure's reason is the service's word, for those who run this. */
  stateOf(name: string): Promise<{ state: 'running' | 'completed' } | { state: 'failed'; reason: string }>;
  /** What came of one that is completed; throws for what can't be read. */
  read(result: StoredObject, options: { signal: AbortSignal }): Promise<Transcript>;
}

/** What a language model is asked: its answer is a form that it fills in, by a JSON schema. */
export interface Question {
  system: string;
  prompt: string;
  form: { name: string; purpose: string; schema: Record<string, unknown> };
  maxTokens: number;
}

export interface ModelUse {
  inputTokens: number;
  outputTokens: number;
}

export interface Answer {
  ending: 'complete' | 'refused' | 'cut off' | 'no form';
  /** What the model put into the form, unchecked; only that of a `complete` answer counts. */
  content: unknown;
  use: ModelUse;
}

export interface LanguageModel {
  /** As the service names it. */
  name: string;
  /** Waits for a minute or two at most; throws what the service answers when it can't: throttled, not allowed, down. */
  ask(question: Question, options: { signal: AbortSignal }): Promise<Answer>;
}
