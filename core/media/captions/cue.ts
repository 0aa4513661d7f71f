/** A line or two of text, and when it is shown: from `startSeconds` until just before `endSeconds`. */
export interface Cue {
  startSeconds: number;
  endSeconds: number;
  /** Plain, without any markup; `\n` parts its lines. */
  text: string;
}
