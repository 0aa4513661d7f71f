import { endsFor } from '../segments/candidates.ts';
import type { Favourite } from '../segments/choose-segments.ts';
import { endNear, endPoints, startNear } from '../segments/cut-points.ts';
import type { FittingLengths } from '../segments/fitting-lengths.ts';
import { formatTime } from '../segments/format-time.ts';
import type { Pause } from '../segments/pauses.ts';
import type { Moment, Sentence } from './types.ts';

interface Range {
  startMs: number;
  endMs: number;
}

/**
 * The ranges of moments, as long as was asked, their ends in the pauses beside the sentences: whole sentences are
 * added to what is too short, and taken off what is too long. Where sentences are too long or too few for that, the
 * end goes to the best place within the lengths.
 */
export function fitMoments(
  moments: readonly Moment[],
  sentences: readonly Sentence[],
  pauses: Pause[],
  lengths: FittingLengths,
): Favourite[] {
  const { minMs, maxMs, durationMs } = lengths;
  const ends = endPoints(pauses, durationMs);
  const startOf = (index: number) => startNear(pauses, sentences[index]!.startMs);
  const endOf = (index: number) => Math.min(durationMs, endNear(pauses, sentences[index]!.endMs));
  const lengthOf = (first: number, last: number) => endOf(last) - startOf(first);

  function rangeOf({ firstSentence, lastSentence }: Moment): Range {
    let [first, last] = [firstSentence - 1, lastSentence - 1];
    // Its begin is what people stay for.
    while (last > first && lengthOf(first, last) > maxMs) last -= 1;
    while (lengthOf(first, last) < minMs) {
      if (last + 1 < sentences.length && lengthOf(first, last + 1) <= maxMs) last += 1;
      else if (first > 0 && lengthOf(first - 1, last) <= maxMs) first -= 1;
      else break;
    }
    const lengthMs = lengthOf(first, last);
    if (lengthMs >= minMs && lengthMs <= maxMs) return { startMs: startOf(first), endMs: endOf(last) };
    return bestWindow(startOf(first), endOf(last));
  }

  function bestWindow(wantedStartMs: number, wantedEndMs: number): Range {
    const startMs = Math.min(wantedStartMs, durationMs - minMs);
    const distance = (endMs: number) => Math.abs(endMs - wantedEndMs);
    const [endMs] = endsFor(startMs, ends, pauses, lengths).toSorted((a, b) => distance(a) - distance(b));
    return { startMs, endMs: endMs! };
  }

  return moments.map((moment) => ({ ...rangeOf(moment), ...describe(moment, sentences) }));
}

function describe(moment: Moment, sentences: readonly Sentence[]) {
  const { startMs, text } = sentences[moment.firstSentence - 1]!;
  return {
    title: moment.title || `${formatTime(startMs / 1000)}, “${text.slice(0, 60).trimEnd()}…”`,
    ...(moment.description && { description: moment.description }),
    reason: moment.reason || 'Chosen by what is said.',
    score: moment.score,
  };
}
