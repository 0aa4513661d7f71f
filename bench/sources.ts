import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makeLongSource } from '../test/support/long-source.ts';
import type { LongSource } from './measurement.ts';

const quickMinutes = 1;

/** Recordings that measurements share, made when first asked for. */
export function createSources(
  folder: string,
  { quick, print }: { quick: boolean; print(line: string): void },
): { longSource(minutes: number): LongSource } {
  const sources = new Map<number, LongSource>();
  return {
    longSource(asked) {
      const minutes = quick ? Math.min(asked, quickMinutes) : asked;
      const made = sources.get(minutes);
      if (made) return made;
      const own = join(folder, `source-${minutes}`);
      mkdirSync(own);
      print(`making the ${minutes}-minute source`);
      const path = makeLongSource(own, { minutes });
      const source = { path, minutes, sizeBytes: statSync(path).size };
      sources.set(minutes, source);
      return source;
    },
  };
}
