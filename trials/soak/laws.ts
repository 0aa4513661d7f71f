import type { CleanupStatus, Clip, ClipStatus, Job, JobStatus } from '../../core/jobs/job.ts';

/** What docs/design.md §4 draws, written down once more: from these statuses a job may go to those. */
const jobWays: Record<JobStatus, readonly JobStatus[]> = {
  awaiting_upload: ['pending', 'cancelled', 'expired'],
  pending: ['preprocessing', 'failed', 'cancelled'],
  preprocessing: ['transcribing', 'analyzing', 'failed', 'cancelled'],
  transcribing: ['analyzing', 'failed', 'cancelled'],
  analyzing: ['clipping', 'failed', 'cancelled'],
  clipping: ['completed', 'failed', 'cancelled'],
  completed: [],
  failed: ['pending'],
  cancelled: [],
  expired: [],
};

const cleanupWays: Record<CleanupStatus, readonly CleanupStatus[]> = {
  none: ['due'],
  // The bucket's lifecycle may have been there first.
  due: ['deleting', 'done'],
  deleting: ['done'],
  // The form was sent once more: that file goes, too.
  done: ['due'],
};

/** A step that is run again renders again; a later attempt takes over what is not finished. */
const clipWays: Record<ClipStatus, readonly ClipStatus[]> = {
  pending: ['rendering', 'failed'],
  rendering: ['completed', 'failed', 'pending'],
  failed: ['rendering', 'pending'],
  completed: [],
};

/** What is wrong with such a change of a job; nothing, if it may be. */
export function* illegalJobChange(before: Job, after: Job): Iterable<string> {
  const way = `${before.status} → ${after.status}`;
  if (before.status !== after.status && !jobWays[before.status].includes(after.status)) yield `job ${way}`;
  if (before.cleanup !== after.cleanup) {
    if (!cleanupWays[before.cleanup].includes(after.cleanup)) {
      yield `cleanup ${before.cleanup} → ${after.cleanup}`;
    }
    if (after.status !== 'completed') yield `cleanup ${after.cleanup} of a job that is ${after.status}`;
  }
  const isRetry = before.status === 'failed' && after.status === 'pending';
  if (after.attempt !== before.attempt + (isRetry ? 1 : 0)) {
    yield `attempt ${before.attempt} → ${after.attempt} at ${way}`;
  }
  if (before.segments && !isSame(before.segments, after.segments)) yield 'segments chosen twice';
  const isPinned = before.source.etag !== undefined && before.source.etag !== after.source.etag;
  if (isPinned) yield 'another source pinned';
  if (after.status === 'failed' && !after.failure) yield 'failed without a reason';
}

/** The same of a clip; `isLost` if its object was taken away from outside. */
export function* illegalClipChange(before: Clip, after: Clip, isLost: boolean): Iterable<string> {
  const way = `${before.status} → ${after.status}`;
  const isTakenOver = after.attempt > before.attempt;
  if (after.attempt < before.attempt) yield `clip's attempt ${before.attempt} → ${after.attempt}`;
  if (before.status === 'completed') {
    if (!isLost && !isSame(before, after)) yield `finished clip ${way}`;
  } else if (before.status !== after.status && !clipWays[before.status].includes(after.status)) {
    yield `clip ${way}`;
  } else if (after.status === 'pending' && before.status !== 'pending' && !isTakenOver) {
    yield `clip ${way} in the same attempt`;
  }
  if (after.status === 'completed' && !after.files?.length) yield 'clip completed without files';
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
