import { formatSize } from '../format-size.ts';
import type { JobStore } from '../ports/job-store.ts';
import type { StoredObject } from '../ports/object-store.ts';
import type { Workflow } from '../ports/workflow.ts';
import type { Job, JobSettings } from './job.ts';

export interface Starting {
  jobs: JobStore;
  workflow: Workflow;
}

/**
 * Claims a job that waits for its source, pins the source, and starts the state machine. However often and
 * however many at a time call it, one claim wins and there is one execution: its name is the job and attempt.
 * The claim comes first; if we die before the start is made, the next caller or reconciliation makes it.
 */
export async function startJob(
  { jobs, workflow }: Starting,
  job: Job,
  object: StoredObject,
  settings: JobSettings,
  now: string,
): Promise<{ job: Job; started: boolean }> {
  const claim = await jobs.change(
    job.jobId,
    { status: ['awaiting_upload'], attempt: job.attempt },
    {
      status: 'pending',
      settings,
      source: {
        ...job.source,
        etag: object.etag,
        sizeBytes: object.sizeBytes,
        arrivedAt: job.source.arrivedAt ?? now,
      },
      reachedAt: { ...job.reachedAt, pending: now },
      updatedAt: now,
    },
  );
  if (claim.changed)
    await jobs.note(job.jobId, now, `Started on a source of ${formatSize(object.sizeBytes)}`);

  const current = claim.now ?? job;
  if (current.status === 'pending') await workflow.start(current);
  return { job: current, started: claim.changed };
}
