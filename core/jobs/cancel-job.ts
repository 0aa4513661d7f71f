import type { JobStore } from '../ports/job-store.ts';
import type { MultipartUploads } from '../ports/uploads.ts';
import type { Workflow } from '../ports/workflow.ts';
import { jobNotFound, Refusal } from '../refusals.ts';
import { cameFrom } from './advance.ts';
import { endClips } from './end-clips.ts';
import type { Job } from './job.ts';
import { ownJob } from './own-job.ts';

export interface Cancelling {
  jobs: JobStore;
  workflow: Workflow;
  multipart: MultipartUploads;
}

/**
 * Ends a job that waits or runs. Finished clips stay; the source stays until it expires. The same call again
 * answers the same job, and does again what a crash may have left undone.
 * @throws Refusal `job-not-found`, `already-ended`
 */
export async function cancelJob(deps: Cancelling, owner: string, jobId: string, now: string): Promise<Job> {
  const job = await claim(deps.jobs, await ownJob(deps.jobs, owner, jobId), now);

  if (job.upload) await deps.multipart.abort({ key: job.source.key, uploadId: job.upload.uploadId });
  await deps.workflow.stop(job);
  await endClips(deps.jobs, job);
  return job;
}

/** The job as cancelled, whoever did it. */
async function claim(jobs: JobStore, job: Job, now: string): Promise<Job> {
  if (job.status === 'cancelled') return job;

  const change = await jobs.change(
    job.jobId,
    { status: cameFrom.cancelled, attempt: job.attempt },
    {
      status: 'cancelled',
      announcement: 'due',
      reachedAt: { ...job.reachedAt, cancelled: now },
      updatedAt: now,
    },
  );
  if (change.changed) {
    await jobs.note(job.jobId, now, 'Cancelled');
    return change.now;
  }
  if (!change.now) throw jobNotFound();
  // It was retried between the two readings.
  if (change.now.attempt > job.attempt) return claim(jobs, change.now, now);
  if (change.now.status === 'cancelled') return change.now;
  throw new Refusal('already-ended', `The job is ${change.now.status} already: there is nothing to cancel.`);
}
