import { StaleAttempt } from '../failures.ts';
import type { Media, OnProgress } from '../media/types.ts';
import type { Change, JobStore } from '../ports/job-store.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { Job } from './job.ts';

/** What the steps of the state machine work with. */
export interface StepDeps {
  jobs: JobStore;
  uploads: ObjectStore;
  clips: ObjectStore;
  media: Media;
}

/** Where and how long a step may work. `folder` is private to this run and is removed after it. */
export interface StepRoom {
  folder: string;
  signal: AbortSignal;
  now: () => string;
}

/** The pinned source of a job that was started. */
export function pinnedSource(job: Job): { key: string; etag: string; sizeBytes: number } {
  const { key, etag, sizeBytes } = job.source;
  if (!etag) throw new Error(`Job ${job.jobId} was started without a pinned source.`);
  return { key, etag, sizeBytes };
}

/**
 * What long work is given: a signal, and where to tell of its progress. Each time that is written, the run is seen to
 * be the one that still counts; when it was cancelled or overtaken, the signal aborts, and the work ends soon.
 */
export function whileCurrent(
  signal: AbortSignal,
  write: (percent: number) => Promise<Change<unknown>>,
): { signal: AbortSignal; onProgress: OnProgress } {
  const stale = new AbortController();
  const onProgress = seldom(async (percent) => {
    const { changed } = await write(percent);
    if (!changed) stale.abort(new StaleAttempt('The job went on without this run, or was cancelled.'));
  });
  return { signal: AbortSignal.any([signal, stale.signal]), onProgress };
}

/** Calls `write` when at least this much of the work has been done since the last time; never two at once. */
function seldom(write: (percent: number) => Promise<unknown>, stepPercent = 10) {
  let written = 0;
  let writing: Promise<unknown> | undefined;

  return (fraction: number): void => {
    const percent = Math.min(99, Math.floor(fraction * 100));
    if (writing || percent < written + stepPercent) return;
    written = percent;
    // A hint for those who watch: the work goes on if it can't be written.
    writing = write(percent)
      .catch(() => undefined)
      .finally(() => {
        writing = undefined;
      });
  };
}
