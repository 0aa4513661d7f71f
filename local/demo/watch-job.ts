import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from './api-client.ts';
import type { JobAnswer, StatusAnswer } from './wire-types.ts';

const pollMs = 400;
const cleanupPatienceMs = 60_000;

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
  for (;;) {
    const status = await api.status(jobId);
    onStatus(status);
    if (hasEnded(status)) return status;
    await sleep(pollMs, undefined, { signal });
  }
}

/** The job once its source and audio are deleted, or as it is when a minute has not brought that about. */
export async function awaitCleanup(api: ApiClient, jobId: string, signal: AbortSignal): Promise<JobAnswer> {
  const deadline = performance.now() + cleanupPatienceMs;
  for (;;) {
    const job = await api.job(jobId);
    if (job.cleanup === 'done' || performance.now() > deadline) return job;
    await sleep(pollMs, undefined, { signal });
  }
}

function hasEnded({ status }: StatusAnswer): boolean {
  return status === 'completed' || status === 'failed' || status === 'cancelled' || status === 'expired';
}
