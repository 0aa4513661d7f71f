/** A chosen time range of the source. In point included, out point excluded, in seconds of the source's clock. */
export interface Segment {
  startSeconds: number;
  endSeconds: number;
  title: string;
  /** What is said in it; absent where nobody has read that. */
  description?: string;
  /** Why it was chosen, in words for the user. */
  reason: string;
  /**
   * 0–1: how lively it is, 0.5 being the recording on the whole; or, chosen by what is said, the model's own word.
   * Absent where nothing was measured.
   */
  score?: number;
}

export interface SegmentWishes {
  /** 1–50 */
  numSegments: number;
  minDurationSeconds: number;
  maxDurationSeconds: number;
}
