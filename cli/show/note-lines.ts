import type { JobAnswer } from '../api/wire-types.ts';
import { plain } from './text-width.ts';

/** What a job did otherwise than asked, and why: a line for each. */
export function noteLines(notes: JobAnswer['notes']): string[] {
  return (notes ?? []).map((note) => `Note: ${plain(note)}`);
}
