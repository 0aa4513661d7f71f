import { type CutEnd, framesBeside } from './plan-cut.ts';

/** The frames beside a join, as the clip and the source's packets count them. */
export interface Join {
  firstFrame: number;
  firstSkipped: number;
  /** Whether each is as it was in the source, to the bit. */
  copied: boolean[];
}

export function joinOf({ side, skippedFrames, frames }: CutEnd, clipFrames: number): Join {
  const isHead = side === 'head';
  const frame = isHead ? frames : clipFrames - frames;
  const skipped = isHead ? skippedFrames + frames : skippedFrames;
  const before = Math.min(framesBeside, frame, skipped);
  const after = Math.min(framesBeside, clipFrames - frame);
  return {
    firstFrame: frame - before,
    firstSkipped: skipped - before,
    copied: [...Array<boolean>(before).fill(!isHead), ...Array<boolean>(after).fill(isHead)],
  };
}
