import type { Sound } from '../media/types.ts';
import { bestSchedule } from '../segments/best-schedule.ts';
import { asSegment, chooseSegments, type Favourite } from '../segments/choose-segments.ts';
import { fittingLengths } from '../segments/fitting-lengths.ts';
import { usablePauses } from '../segments/pauses.ts';
import type { Segment, SegmentWishes } from '../segments/types.ts';
import { fitMoments } from './fit-moments.ts';
import type { Moment, Sentence } from './types.ts';

/**
 * The best of the moments that a model chose, in order, never overlapping, as long as was asked. Where they are fewer
 * than was asked the liveliest other passages make up for it; but `strictly` only moments count: who gave a criterion
 * of their own wants nothing else.
 * Throws SourceTooShort when not even one of the shortest fits.
 */
export function chooseByTranscript(
  moments: readonly Moment[],
  sentences: readonly Sentence[],
  wishes: SegmentWishes,
  sound: Sound,
  durationSeconds: number,
  { strictly }: { strictly: boolean },
): Segment[] {
  const lengths = fittingLengths(wishes, durationSeconds);
  const pauses = usablePauses(sound.silences, lengths.durationMs);
  const favourites = fitMoments(moments, sentences, pauses, lengths);
  if (!strictly) return chooseSegments(wishes, sound, durationSeconds, favourites);

  const count = Math.min(lengths.count, mostTogether(favourites));
  return bestSchedule(favourites, count, ({ score }) => score).map(asSegment);
}

/** How many of them fit together at most: the one that ends first leaves the most room for others. */
function mostTogether(favourites: readonly Favourite[]): number {
  let count = 0;
  let takenUntilMs = 0;
  for (const { startMs, endMs } of favourites.toSorted((a, b) => a.endMs - b.endMs)) {
    if (startMs < takenUntilMs) continue;
    count += 1;
    takenUntilMs = endMs;
  }
  return count;
}
