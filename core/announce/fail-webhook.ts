import { type CaughtError, messageIn } from '../jobs/fail-job.ts';
import { limits } from '../limits.ts';
import type { JobStore } from '../ports/job-store.ts';
import type { JobEvent } from './job-event.ts';
import { finalWebhookFailures } from './webhook-failures.ts';

/** Tells the owner that their webhook was given up, and why; the event itself is kept for those who run this. */
export async function failWebhook(
  jobs: JobStore,
  { job_id: jobId }: Pick<JobEvent, 'job_id'>,
  { Error: name, Cause: cause }: CaughtError,
  now: string,
): Promise<void> {
  if (!(await jobs.get(jobId))) return;

  const isFinal = finalWebhookFailures.includes(name);
  const isOurs = isFinal || name === 'WebhookFailed';
  const why = (isOurs && messageIn(cause)) || 'something went wrong on our side';
  const tries = isFinal ? '' : ` after ${limits.webhook.retries + 1} tries`;
  await jobs.note(jobId, now, `Webhook given up${tries}: ${why}`);
}
