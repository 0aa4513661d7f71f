import { readLines } from './read-lines.ts';
import type { OnProgress } from './types.ts';

export const progressArgs = ['-nostats', '-progress', 'pipe:1'];

/**
 * Reads what `-progress` prints and tells the position in the output, in seconds. ffmpeg before 5.0 says
 * `out_time_ms` and means microseconds too; at the start both may be `N/A`.
 */
export function readPosition(onPosition: (seconds: number) => void): (text: string) => void {
  return readLines((line) => {
    const match = /^out_time_(?:us|ms)=(\d+)$/.exec(line.trim());
    if (match) onPosition(Number(match[1]) / 1e6);
  });
}

/** The same as a fraction of `totalSeconds`, never going back, at most once a percent. */
export function readProgress(totalSeconds: number, onProgress: OnProgress | undefined) {
  let percent = 0;
  return readPosition((seconds) => {
    const now = Math.min(Math.floor((seconds / totalSeconds) * 100), 100);
    if (now <= percent) return;
    percent = now;
    onProgress?.(now / 100);
  });
}
