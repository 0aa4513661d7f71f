/** What only the outside world has: names that nobody can guess, and digests. */
export interface Ids {
  newJobId(): string;
  /** A job id derived from a text: the same text, the same id. */
  jobIdOf(text: string): string;
  /** Stands for an owner in keys, so that a key tells nothing about them. */
  ownerHash(owner: string): string;
  /** The same content, the same digest; another content, another one. A text is its UTF-8. */
  digest(content: string | Uint8Array): string;
}
