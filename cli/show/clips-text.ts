import type { ClipAnswer } from '../api/wire-types.ts';
import { position, readable } from './format.ts';

/** A clip under its headings, paths or a title: where it was taken from, its length and size, and why. */
export function clipText(headings: string[], clip: ClipAnswer, reason = ''): string {
  const range = `${position(clip.start_time)} – ${position(clip.end_time)}`;
  const lines = [
    ...headings.map((heading) => `  ${heading}`),
    `      ${range}, ${clip.duration.toFixed(2)} s, ${readable(clip.size)}`,
    `      ${reason}`,
  ];
  return lines
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .join('\n');
}

export function clipCount(count: number): string {
  return count === 1 ? '1 clip' : `${count} clips`;
}
