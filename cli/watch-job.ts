import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from './api/api-client.ts';
import type { JobAnswer, JobStatus, StatusAnswer } from './api/wire-types.ts';

const cleanupPatienceMs = 60_000;

/** Often at first, when short jobs end; not a call a second for a job of hours. */
function pollMs(polls: number): number {
  return Math.min(3000, 400 * 1.03 ** polls);
}

interface Watching {
  signal: AbortSignal;
  onStatus: (status: StatusAnswer) => void;
}

/** Follows a job until it has ended, well or not. */
export async function watchJob(
  api: ApiClient,
  jobId: string,
  { signal, onStatus }: Watching,
): Promise<StatusAnswer> {
  for (let polls = 0; ; polls += 1) {
    const status = await api.status(jobId);
    onStatus(status);
    if (hasEnded(status.status)) return status;
    await sleep(pollMs(polls), undefined, { signal });
  }
}

/** The job once its source and audio are deleted, or as it is when a minute has not brought that about. */
export async function awaitCleanup(api: ApiClient, jobId: string, signal: AbortSignal): Promise<JobAnswer> {
  const deadline = performance.now() + cleanupPatienceMs;
  for (let polls = 0; ; polls += 1) {
    const job = await api.job(jobId);
    if (job.cleanup === 'done' || performance.now() > deadline) return job;
    await sleep(pollMs(polls), undefined, { signal });
  }
}

export function hasEnded(status: JobStatus): boolean {
  return status === 'completed' || hasFailed(status);
}

/** Ended without all of its clips, for whatever reason. */
export function hasFailed(status: JobStatus): boolean {
  return status === 'failed' || status === 'cancelled' || status === 'expired';
}
