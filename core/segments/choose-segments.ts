import type { Sound } from '../media/types.ts';
import { bestSchedule, type Slot } from './best-schedule.ts';
import { type Candidate, candidates } from './candidates.ts';
import { isQuiet, reasonOf, titleOf } from './describe-segment.ts';
import { fittingLengths } from './fitting-lengths.ts';
import { liveliness, type MeasurePassage, type Passage } from './liveliness.ts';
import { type Pause, pauseAt, usablePauses } from './pauses.ts';
import { timeRange } from './time-range.ts';
import type { Segment, SegmentWishes } from './types.ts';

/**
 * What it costs to lie a whole share of the recording off the middle of one's own, in z-scores: a clearly better
 * passage is worth it. Near the middle it costs nothing, or the exact place would outweigh what is heard there.
 */
const spread = { weight: 0.5, freeShare: 0.25 };

/** What a quiet passage must score to be a clip, the whole recording's score being 0.5. */
const leastQuietScore = 0.15;

/** A range that was chosen for what is said in it, and in whose words it is told. */
export interface Favourite extends Slot, Pick<Segment, 'title' | 'description' | 'reason'> {
  /** 0–1 */
  score: number;
}

/** More than any passage can be worth by its sound. */
const favouriteValue = 1000;

/**
 * The liveliest passages of a recording, spread over it, in order, never overlapping; none begins or ends in
 * speech where a pause is within reach and the lengths asked allow it. The same input gives the same segments.
 * As many as asked, or as many as fit; fewer where all that is left is a lull. `durationSeconds` is the source's, which
 * may outlast its sound.
 * Favourites, which must have the lengths asked, come before all others, the best of them first.
 * Throws SourceTooShort when not even one of the shortest fits.
 */
export function chooseSegments(
  wishes: SegmentWishes,
  sound: Sound,
  durationSeconds: number,
  favourites: readonly Favourite[] = [],
): Segment[] {
  const lengths = fittingLengths(wishes, durationSeconds);
  const { count, durationMs } = lengths;
  const pauses = usablePauses(sound.silences, durationMs);
  const measure = liveliness(sound, durationMs);

  const shareMs = durationMs / count;
  const valueAt = ({ startMs, endMs, value }: Candidate, position: number) => {
    const sharesOff = Math.abs((startMs + endMs) / 2 / shareMs - (position + 0.5));
    return value - spread.weight * Math.max(0, sharesOff - spread.freeShare);
  };
  const slots: (Candidate & { favourite?: Favourite })[] = [
    ...candidates(pauses, measure, lengths),
    ...favourites.map((favourite) => ({
      ...favourite,
      value: favouriteValue * (1 + favourite.score),
      favourite,
    })),
  ];
  const chosen = bestSchedule(slots, count, valueAt);

  const whole = measure(0, durationMs);
  const worthwhile = chosen.filter(
    ({ startMs, endMs, favourite }) => favourite || !isLull(measure(startMs, endMs), whole),
  );
  const best = chosen.toSorted((a, b) => b.value - a.value).slice(0, 1);
  return (worthwhile.length > 0 ? worthwhile : best).map((slot) =>
    slot.favourite ? asSegment(slot.favourite) : segment(slot, measure, whole, pauses),
  );
}

/** Quiet, in a recording that is far livelier on the whole: nobody would post that. */
function isLull(passage: Passage, whole: Passage): boolean {
  if (passage.gainDb === undefined) return whole.gainDb !== undefined;
  return isQuiet(passage, whole) && scoreOf(passage, whole) < leastQuietScore;
}

/** A favourite that was taken. */
export function asSegment({ startMs, endMs, title, description, reason, score }: Favourite): Segment {
  return {
    ...timeRange(startMs / 1000, endMs / 1000),
    title,
    ...(description && { description }),
    reason,
    score,
  };
}

function segment(
  { startMs, endMs }: Candidate,
  measure: MeasurePassage,
  whole: Passage,
  pauses: Pause[],
): Segment {
  const passage = measure(startMs, endMs);
  const range = timeRange(startMs / 1000, endMs / 1000);
  const cutsInPauses = [startMs, endMs].every((timeMs) => pauseAt(pauses, timeMs) !== undefined);
  return {
    ...range,
    title: titleOf(range.startSeconds, passage, whole),
    reason: reasonOf(passage, whole, cutsInPauses),
    score: scoreOf(passage, whole),
  };
}

/** From z-scores to 0–1, two decimals: 0.5 is as lively as the recording on the whole. */
function scoreOf(passage: Passage, whole: Passage): number {
  return Math.round(100 / (1 + Math.exp(2 * (whole.score - passage.score)))) / 100;
}
