import { blockBytes } from './block-cache.ts';

const KIB = 1024;
const MIB = 1024 * KIB;
const rememberedRuns = 64;

/** How much of a source its reader will want in the end, as far as those know who start it. */
export type Extent = 'parts' | 'whole';

/** For a reader of the whole. Each request costs the same, however much it brings, and some milliseconds of the processor. */
export const mostWindowBytes = 8 * MIB;

/** From here on a reader of parts makes a long clip. */
const longRunBytes = 64 * MIB;

/** Windows on their way at once: what a connection to S3 gives (some 90 MB/s, after 20 to 50 ms) is not all there is. */
export const mostAtOnce = 4;

/**
 * How much to fetch at once for a reader that has read `runBytes` in sequence. It starts small, since most
 * first reads are looks at a header; then an overshoot is at most a quarter of what was needed, or 1 MiB.
 */
export function windowBytes(runBytes: number, extent: Extent = 'parts'): number {
  const most = extent === 'whole' ? mostWindowBytes : runBytes >= longRunBytes ? 4 * MIB : MIB;
  return Math.min(Math.max(Math.floor(runBytes / 4), blockBytes), most);
}

/** For a reader of the whole: together no more than it has read in sequence, so that a hop costs no more than that again. */
export function windowsAtOnce(runBytes: number): number {
  const fitting = Math.floor(runBytes / windowBytes(runBytes, 'whole'));
  return Math.min(Math.max(fitting, 1), mostAtOnce);
}

/** Where the next window ends: at the end of a block, so that no block is given in two pieces. */
export function windowEnd(start: number, end: number, runBytes: number, extent: Extent = 'parts'): number {
  const wanted = Math.floor((start + windowBytes(runBytes, extent)) / blockBytes) * blockBytes;
  return Math.min(wanted, end);
}

/** Remembers how long each sequence of reads is by now, by the position at which it would go on. */
export function createRuns() {
  const runs = new Map<number, number>();
  return {
    /** Bytes read in sequence up to `position`. */
    take(position: number): number {
      const runBytes = runs.get(position) ?? 0;
      runs.delete(position);
      return runBytes;
    },
    put(position: number, runBytes: number): void {
      runs.set(position, runBytes);
      const [oldest] = runs.keys();
      if (runs.size > rememberedRuns && oldest !== undefined) runs.delete(oldest);
    },
  };
}
