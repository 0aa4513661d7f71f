import { blockBytes } from './block-cache.ts';

const KIB = 1024;
const MIB = 1024 * KIB;
const rememberedRuns = 64;

/** From here on the reader wants it all: it's taking the audio out, not cutting a clip. */
export const longRunBytes = 64 * MIB;

/**
 * How much to fetch at once for a reader that has read `runBytes` in sequence. It starts small, since most
 * first reads are looks at a header; then an overshoot is at most a quarter of what was needed, or 1 MiB.
 */
export function windowBytes(runBytes: number): number {
  if (runBytes >= longRunBytes) return 4 * MIB;
  return Math.min(Math.max(Math.floor(runBytes / 4), blockBytes), MIB);
}

/** Where the next window ends: at the end of a block, so that no block is given in two pieces. */
export function windowEnd(start: number, end: number, runBytes: number): number {
  const wanted = Math.floor((start + windowBytes(runBytes)) / blockBytes) * blockBytes;
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
