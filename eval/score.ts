import type { PlantedPassage, Range } from './synthesis/plan.ts';

/** Sums over clips and passages, so that recordings can be added up. */
export interface Score {
  passages: number;
  /** Passages with which a clip shares at least half of the time that both take together (IoU ≥ 0.5). */
  found: number;
  /** Sum over the passages of the best clip's intersection over union. */
  iou: number;
  ends: number;
  /** Ends more than 20 ms inside of speech or laughter. The recording's own ends are none. */
  endsInSpeech: number;
  clips: number;
  /** Of as many equal parts of the recording as there are clips: those that hold the middle of one. */
  partsWithClip: number;
}

export const noScore: Score = {
  passages: 0,
  found: 0,
  iou: 0,
  ends: 0,
  endsInSpeech: 0,
  clips: 0,
  partsWithClip: 0,
};

interface Known {
  durationSeconds: number;
  passages: PlantedPassage[];
  spoken: Range[];
}

export function scoreClips(clips: readonly Range[], { durationSeconds, passages, spoken }: Known): Score {
  const ious = passages.map((passage) =>
    Math.max(0, ...clips.map((clip) => intersectionOverUnion(clip, passage))),
  );
  const isSpoken = (time: number) =>
    time > 0 &&
    time < durationSeconds - 0.001 &&
    spoken.some(({ startSeconds, endSeconds }) => time > startSeconds + 0.02 && time < endSeconds - 0.02);
  const ends = clips.flatMap(({ startSeconds, endSeconds }) => [startSeconds, endSeconds]);
  const parts = clips.map(({ startSeconds, endSeconds }) =>
    Math.floor((((startSeconds + endSeconds) / 2) * clips.length) / durationSeconds),
  );
  return {
    passages: passages.length,
    found: ious.filter((iou) => iou >= 0.5).length,
    iou: ious.reduce((sum, iou) => sum + iou, 0),
    ends: ends.length,
    endsInSpeech: ends.filter(isSpoken).length,
    clips: clips.length,
    partsWithClip: new Set(parts).size,
  };
}

export function addScores(a: Score, b: Score): Score {
  const keys = Object.keys(a) as (keyof Score)[];
  return Object.fromEntries(keys.map((key) => [key, a[key] + b[key]])) as unknown as Score;
}

/** 0–1 each; 0 where there was nothing to count. */
export function rates({ passages, found, iou, ends, endsInSpeech, clips, partsWithClip }: Score) {
  const rate = (count: number, of: number) => (of > 0 ? Math.round((1000 * count) / of) / 1000 : 0);
  return {
    recall: rate(found, passages),
    mean_iou: rate(iou, passages),
    ends_in_speech: rate(endsInSpeech, ends),
    spread: rate(partsWithClip, clips),
  };
}

export function intersectionOverUnion(a: Range, b: Range): number {
  const shared = Math.min(a.endSeconds, b.endSeconds) - Math.max(a.startSeconds, b.startSeconds);
  if (shared <= 0) return 0;
  return shared / (a.endSeconds - a.startSeconds + b.endSeconds - b.startSeconds - shared);
}
