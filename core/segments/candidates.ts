import { type CutPoint, endPoints, startPoints } from './cut-points.ts';
import type { FittingLengths } from './fitting-lengths.ts';
import type { MeasurePassage } from './liveliness.ts';
import { cutsSpeech, distanceMs, firstIndex, nearestPause, type Pause, pauseAt } from './pauses.ts';

/** A range that could become a segment. */
export interface Candidate {
  startMs: number;
  endMs: number;
  /** What it is worth by itself: its z-score, scaled as that of half a minute. */
  value: number;
}

/** Tried for each start; more lengths find nothing better. */
const endsPerStart = 8;

/**
 * The longer a passage, the surer it is that it's no accident: a mean's significance grows with the root of its
 * length. So a clip takes in the whole of a lively passage, and stops where more would only dilute it.
 */
const referenceSeconds = 30;

const weights = {
  /** More than any passage is worth: speech is cut only where nothing else fits. */
  speechCut: 12,
  /** A pause of a second and more is where a thought begins or ends. */
  pause: 0.25,
  /** Of two equally lively passages the longer one tells more, unless it is dead air. */
  length: 0.1,
};

/**
 * Every range worth a thought, and an even row of the shortest ones, so that `lengths.count` of them always fit. At most
 * eight for each second, 691,200 for a day: what a day takes, `npm run eval:long` tells.
 */
export function candidates(pauses: Pause[], measure: MeasurePassage, lengths: FittingLengths): Candidate[] {
  const { count, minMs, maxMs, durationMs } = lengths;

  const candidate = (startMs: number, endMs: number): Candidate => {
    const passage = measure(startMs, endMs);
    const cuts = [startMs, endMs].filter((timeMs) => cutsSpeech(pauses, timeMs, durationMs)).length;
    const pauseSeconds = pauseLength(pauses, startMs) + pauseLength(pauses, endMs);
    const fullness = maxMs > minMs ? (endMs - startMs - minMs) / (maxMs - minMs) : 0;
    const seconds = (endMs - startMs) / 1000;
    const value =
      passage.score * Math.sqrt(seconds / referenceSeconds) +
      weights.pause * pauseSeconds +
      weights.length * fullness * (1 - passage.pauseShare) -
      weights.speechCut * cuts;
    return { startMs, endMs, value };
  };

  const ends = endPoints(pauses, durationMs);
  const anchored = startPoints(pauses, durationMs)
    .filter(({ atMs }) => atMs + minMs <= durationMs)
    .flatMap(({ atMs }) => endsFor(atMs, ends, pauses, lengths).map((endMs) => candidate(atMs, endMs)));
  const evenRow = Array.from({ length: count }, (_, index) => Math.floor((index * durationMs) / count)).map(
    (startMs) => candidate(startMs, startMs + minMs),
  );
  return [...anchored, ...evenRow];
}

/** Ends in reach of a start; where none of the good ones is, the best of the window: in a pause, or else halfway. */
export function endsFor(
  startMs: number,
  ends: CutPoint[],
  pauses: Pause[],
  lengths: FittingLengths,
): number[] {
  const earliest = startMs + lengths.minMs;
  const latest = Math.min(startMs + lengths.maxMs, lengths.durationMs);
  const from = firstIndex(ends.length, (index) => ends[index]!.atMs >= earliest);
  const to = firstIndex(ends.length, (index) => ends[index]!.atMs > latest);
  if (to > from) return sampled(ends.slice(from, to));

  const middle = Math.round((earliest + latest) / 2);
  const pause = nearestPause(pauses, middle);
  if (!pause || distanceMs(pause, middle) > (latest - earliest) / 2) return [middle];
  return [Math.max(earliest, Math.min(pause.startMs, latest))];
}

/** At most `endsPerStart`, of all lengths: from each part of the row the one in the longest pause. */
function sampled(ends: CutPoint[]): number[] {
  const partLength = Math.max(1, ends.length / endsPerStart);
  return Array.from({ length: Math.min(endsPerStart, ends.length) }, (_, part) => {
    const members = ends.slice(Math.floor(part * partLength), Math.floor((part + 1) * partLength));
    return members.reduce((best, end) => (end.pauseMs > best.pauseMs ? end : best)).atMs;
  });
}

/** Of the pause that a cut lies in: seconds, at most one. */
function pauseLength(pauses: Pause[], timeMs: number): number {
  const pause = pauseAt(pauses, timeMs);
  return pause ? Math.min(1, (pause.endMs - pause.startMs) / 1000) : 0;
}
