import { readLines } from './read-lines.ts';
import type { OnProgress } from './types.ts';

/** Digital silence is minus infinity to ffmpeg; nothing is heard below this. */
const floorDecibels = -120;

/** Collects the values of one key from what the `ametadata` filter prints. */
export function readLevels(key: string, expectedCount?: number, onProgress?: OnProgress) {
  const values: number[] = [];
  const read = readLines((line) => {
    const [name, value] = line.split('=');
    if (name !== key) return;
    values.push(Math.max(Number(value) || floorDecibels, floorDecibels));
    const isPercent = expectedCount && values.length % Math.ceil(expectedCount / 100) === 0;
    if (isPercent) onProgress?.(Math.min(values.length / expectedCount, 1));
  });
  return { values, read };
}
