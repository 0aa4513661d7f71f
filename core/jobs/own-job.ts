import type { JobStore } from '../ports/job-store.ts';
import { jobNotFound } from '../refusals.ts';
import type { Job } from './job.ts';

/** A job of the caller. @throws Refusal `job-not-found`, also for a stranger's */
export async function ownJob(jobs: Pick<JobStore, 'get'>, owner: string, jobId: string): Promise<Job> {
  const job = await jobs.get(jobId);
  if (!job || job.owner !== owner) throw jobNotFound();
  return job;
}
