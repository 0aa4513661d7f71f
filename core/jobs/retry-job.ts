import { limits } from '../limits.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { Workflow } from '../ports/workflow.ts';
import { jobNotFound, Refusal } from '../refusals.ts';
import { type Admitting, admitJob } from '../uploads/admit-job.ts';
import { type Job, runningStatuses } from './job.ts';
import { ownJob } from './own-job.ts';
import type { Starting } from './start-job.ts';
import { pinnedSource } from './steps.ts';

/** Failures that say that the source is not to be had any more. */
const sourceLost = ['source_changed', 'source_missing'];

/** Failures that lie in the recording and in what was asked of it: the next attempt would end in the same way. */
const sureToFailAgain = ['not_media', 'media_too_large', 'source_too_short', 'segment_out_of_range'];

/** Whether a retry may be tried, by the record alone; that the source is still there is looked at when it is. */
export function canRetry(job: Job): boolean {
  return whyNot(job) === undefined;
}

/**
 * Runs a failed job again, as a new attempt that renders only what is not finished. The claim comes first, as with
 * any start: if we die before the execution is made, reconciliation makes it. While that attempt runs, the same call
 * again, by who never heard the first answer, is answered the same.
 * @throws Refusal `job-not-found`, `not-retryable`, `too-many-active-jobs`
 */
export async function retryJob(
  { jobs, uploads, workflow, usage }: Starting & Admitting & { uploads: ObjectStore },
  owner: string,
  jobId: string,
  now: string,
): Promise<Job> {
  const job = await ownJob(jobs, owner, jobId);
  if (isRetried(job)) return started(workflow, job);
  const reason = whyNot(job) ?? (await whatBecameOfSource(uploads, job));
  if (reason) throw new Refusal('not-retryable', reason);

  const attempt = job.attempt + 1;
  await admitJob({ jobs, usage }, { owner, jobId, attempt }, 0, now);
  const claim = await jobs.change(
    jobId,
    { status: ['failed'], attempt: job.attempt },
    {
      status: 'pending',
      attempt,
      failure: null,
      announcement: null,
      stagePercent: 0,
      reachedAt: { pending: now },
      updatedAt: now,
    },
  );
  if (!claim.now) throw jobNotFound();
  // Somebody else's retry of the same failure is as good as ours.
  if (!claim.changed && claim.now.attempt < attempt) throw new Refusal('not-retryable', notFailed(claim.now));
  if (claim.changed) await jobs.note(jobId, now, `Retried: attempt ${attempt}`);
  return started(workflow, claim.now);
}

function isRetried({ attempt, status }: Job): boolean {
  return attempt > 1 && runningStatuses.includes(status);
}

async function started(workflow: Workflow, job: Job): Promise<Job> {
  if (job.status === 'pending') await workflow.start(job);
  return job;
}

function whyNot(job: Job): string | undefined {
  if (job.status !== 'failed') return notFailed(job);
  if (job.attempt >= limits.attempts) {
    return `It was tried ${job.attempt} times, which is the most. Upload the file again for a new job.`;
  }
  const code = job.failure?.code ?? '';
  if (sourceLost.includes(code)) return 'The uploaded file was replaced or is gone. Upload it again.';
  if (sureToFailAgain.includes(code)) {
    return 'It would fail in the same way. Upload another file, or ask for other clips in a new job.';
  }
  return undefined;
}

function notFailed({ status }: Job): string {
  return `Only a failed job can be retried; this one is ${status}.`;
}

async function whatBecameOfSource(uploads: ObjectStore, job: Job): Promise<string | undefined> {
  const { key, etag } = pinnedSource(job);
  const object = await uploads.head(key);
  if (!object) return 'The uploaded file is no longer there. Upload it again.';
  return object.etag === etag
    ? undefined
    : 'The uploaded file was replaced after the job had started. Upload it again.';
}
