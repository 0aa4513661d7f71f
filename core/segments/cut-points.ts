import { distanceMs, nearestPause, type Pause, reachMs } from './pauses.ts';

/** A place where a clip may begin, or end. */
export interface CutPoint {
  atMs: number;
  /** Length of the pause that it lies in; 0 where no pause is near. */
  pauseMs: number;
}

/** How much of the pause a clip keeps: a word's last breath may be too faint to be told from the pause. */
const marginMs = 250;

/** More of them than this would cost time and change nothing that one can hear. */
const spacingMs = 1000;

/** Where clips may begin: just before a pause ends; at the recording's begin; anywhere far from any pause. */
export function startPoints(pauses: Pause[], durationMs: number): CutPoint[] {
  return cutPoints(pauses, durationMs, startIn);
}

/** Where clips may end: just after a pause has begun; at the recording's end; anywhere far from any pause. */
export function endPoints(pauses: Pause[], durationMs: number): CutPoint[] {
  return cutPoints(pauses, durationMs, endIn);
}

/** Where a clip begins that is to begin here: in the nearest pause, if one is within reach. */
export function startNear(pauses: Pause[], timeMs: number): number {
  const pause = pauseInReach(pauses, timeMs);
  return pause ? startIn(pause) : timeMs;
}

/** Where a clip ends that is to end here: in the nearest pause, if one is within reach. */
export function endNear(pauses: Pause[], timeMs: number): number {
  const pause = pauseInReach(pauses, timeMs);
  return pause ? endIn(pause) : timeMs;
}

function pauseInReach(pauses: Pause[], timeMs: number): Pause | undefined {
  const pause = nearestPause(pauses, timeMs);
  return pause && distanceMs(pause, timeMs) <= reachMs ? pause : undefined;
}

function startIn(pause: Pause): number {
  return pause.endMs - marginOf(pause);
}

function endIn(pause: Pause): number {
  return pause.startMs + marginOf(pause);
}

/** A short pause is cut in its middle, which is furthest from all speech. */
function marginOf({ startMs, endMs }: Pause): number {
  return Math.min(marginMs, Math.floor((endMs - startMs) / 2));
}

function cutPoints(pauses: Pause[], durationMs: number, snap: (pause: Pause) => number): CutPoint[] {
  const snapped = pauses.map((pause) => ({ atMs: snap(pause), pauseMs: pause.endMs - pause.startMs }));
  const free = evenTimes(durationMs)
    .filter((timeMs) => isFree(timeMs, durationMs, nearestPause(pauses, timeMs), snap))
    .map((atMs) => ({ atMs, pauseMs: 0 }));
  return thinned([...snapped, ...free]);
}

function isFree(
  timeMs: number,
  durationMs: number,
  pause: Pause | undefined,
  snap: (pause: Pause) => number,
) {
  if (!pause) return true;
  const distance = distanceMs(pause, timeMs);
  // Deep in a long pause nothing is cut, and its snapped end is too far away to stand for all of it.
  if (distance === 0) return Math.abs(snap(pause) - timeMs) > reachMs;
  return distance > reachMs || timeMs === 0 || timeMs === durationMs;
}

function evenTimes(durationMs: number): number[] {
  const times = Array.from({ length: Math.ceil(durationMs / spacingMs) }, (_, index) => index * spacingMs);
  return [...times, durationMs];
}

/** In order, at most one each `spacingMs`: the one in the longest pause. */
function thinned(points: CutPoint[]): CutPoint[] {
  const kept: CutPoint[] = [];
  for (const point of points.toSorted((a, b) => a.atMs - b.atMs)) {
    const last = kept.at(-1);
    if (!last || Math.floor(last.atMs / spacingMs) !== Math.floor(point.atMs / spacingMs)) kept.push(point);
    else if (point.pauseMs > last.pauseMs) kept[kept.length - 1] = point;
  }
  return kept;
}
