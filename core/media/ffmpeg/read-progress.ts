import type { OnProgress } from '../types.ts';
import { readLines } from './read-lines.ts';

export const progressArgs = ['-nostats', '-progress', 'pipe:1'];

/**
 * Reads what `-progress` prints and tells the position in the output, in seconds. ffmpeg before 5.0 says
 * `out_time_ms` and means microseconds too; at the start both may be `N/A`.
 */
export function readPosition(onPosition: (seconds: number) => void): (text: string) => void {
  return readValue(/^out_time_(?:us|ms)=(\d+)$/, (microseconds) => onPosition(microseconds / 1e6));
}

/** The same as a fraction of `totalSeconds`, never going back, at most once a percent. */
export function readProgress(totalSeconds: number, onProgress: OnProgress | undefined) {
  return readPosition(wholePercents(totalSeconds, onProgress));
}

/** By the frames of the output, for what has a picture: its sound may be done long before. */
export function readFrameProgress(totalFrames: number, onProgress: OnProgress | undefined) {
  return readValue(/^frame=\s*(\d+)$/, wholePercents(totalFrames, onProgress));
}

function readValue(pattern: RegExp, onValue: (value: number) => void): (text: string) => void {
  return readLines((line) => {
    const match = pattern.exec(line.trim());
    if (match) onValue(Number(match[1]));
  });
}

export function wholePercents(total: number, onProgress: OnProgress | undefined): (value: number) => void {
  let percent = 0;
  return (value) => {
    const now = Math.min(Math.floor((value / total) * 100), 100);
    if (now <= percent) return;
    percent = now;
    onProgress?.(now / 100);
  };
}
