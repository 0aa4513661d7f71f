import type { Run } from '../jobs/advance.ts';
import { settle } from '../jobs/settle.ts';
import type { Announcements } from '../ports/announcing.ts';
import type { JobStore } from '../ports/job-store.ts';
import { jobEventOf } from './job-event.ts';

export interface Announcing {
  jobs: JobStore;
  announcements: Announcements;
}

const isDue = ({ announcement }: { announcement?: 'due' | 'done' }) => announcement === 'due';

/**
 * Has the end of a job told to the world, at least once. What is told is written down by whoever tells it, so that a
 * retry, which makes the end another one, takes nothing back. An attempt that was retried before it was told is not.
 */
export async function announceJob({ jobs, announcements }: Announcing, run: Run): Promise<boolean> {
  const job = await jobs.get(run.jobId);
  if (!job || job.attempt !== run.attempt || !isDue(job)) return false;

  const event = jobEventOf(job, await jobs.getClips(job.jobId));
  await announcements.announce(event, { callsWebhook: job.settings.webhookUrl !== undefined });
  // `updatedAt` stays: of a job that failed it tells when.
  return settle(jobs, job, isDue, { announcement: 'done' });
}
