import type { Clip, Job } from '../../core/jobs/job.ts';
import type { Changes, JobStore } from '../../core/ports/job-store.ts';
import type { count, countOne } from './observability.ts';

export interface Counting {
  count: typeof count;
  countOne: typeof countOne;
}

/**
 * The jobs table, counting what happens to jobs where it is written down. A change is one conditional update, so that
 * of many who try the same one makes it, and only that one is counted; docs/adr/0017.
 */
export function countedJobs(jobs: JobStore, counting: Counting): JobStore {
  const { count } = counting;
  return {
    ...jobs,
    async create(job) {
      const created = await jobs.create(job);
      if (created) count('JobsCreated');
      return created;
    },
    async change(jobId, expected, set) {
      const change = await jobs.change(jobId, expected, set);
      if (change.changed) countJob(set, counting);
      return change;
    },
    async changeClip(clip, expected, set) {
      const change = await jobs.changeClip(clip, expected, set);
      if (change.changed) countClip(set, counting);
      return change;
    },
    async bury(jobId, expected, at) {
      const burial = await jobs.bury(jobId, expected, at);
      if (burial.changed) count('JobsDeleted');
      return burial;
    },
  };
}

function countJob(set: Changes<Job>, { count, countOne }: Counting): void {
  const { status, attempt, failure, probeBytesRead, audioBytesRead, bytesFreed } = set;
  if (status === 'pending') count(attempt === undefined ? 'JobsStarted' : 'JobsRetried');
  if (status === 'completed') count('JobsCompleted');
  if (status === 'failed') countOne('JobsFailed', failure?.code ?? 'unknown');
  if (status === 'cancelled') count('JobsCancelled');
  if (status === 'expired') count('JobsExpired');
  count('BytesRead', probeBytesRead ?? 0);
  count('BytesRead', audioBytesRead ?? 0);
  count('BytesFreed', bytesFreed ?? 0);
}

function countClip(
  { status, failure, durationSeconds, bytesRead }: Changes<Clip>,
  { count }: Counting,
): void {
  if (status === 'failed' && failure?.code !== 'cancelled') count('ClipsFailed');
  if (status !== 'completed') return;
  count('ClipSeconds', durationSeconds ?? 0);
  count('BytesRead', bytesRead ?? 0);
}
