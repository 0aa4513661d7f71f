import { formatLength } from '../core/segments/format-time.ts';
import { formatMoment, formatSize } from './format.ts';
import type { JobAnswer } from './wire-types.ts';

/** What a recording is, in a line: `22 Nov 2026, 19:40 · 2 h 3 min · 3.9 GB · its clips are kept, the recording is deleted`. */
export function jobFacts({ created_at, source, status }: JobAnswer): string {
  const kept = source.deleted_at
    ? 'the recording is deleted, its clips are kept'
    : status === 'failed'
      ? 'the recording is kept for another try'
      : undefined;
  return [
    created_at && formatMoment(created_at),
    source.duration && formatLength(source.duration),
    formatSize(source.size),
    kept,
  ]
    .filter(Boolean)
    .join(' · ');
}
