/** A word as it was said, with the punctuation that follows it. Times on the source's clock. */
export interface Word {
  text: string;
  startSeconds: number;
  endSeconds: number;
}

/** All that is said in a recording, in the order of time. */
export interface Transcript {
  words: Word[];
  /** As found out or as set, BCP 47: `en-US`. */
  languageCode?: string;
}

/** What one says in a breath; `number` counts from 1 over the whole recording. */
export interface Sentence {
  number: number;
  startMs: number;
  endMs: number;
  text: string;
}

/** A passage that a language model chose, by the numbers of its first and last sentence. */
export interface Moment {
  firstSentence: number;
  lastSentence: number;
  title: string;
  description: string;
  reason: string;
  /** 0–1 */
  score: number;
}
