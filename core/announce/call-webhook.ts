import { limits } from '../limits.ts';
import type { WebhookCaller, WebhookSecrets } from '../ports/announcing.ts';
import type { JobStore } from '../ports/job-store.ts';
import type { JobEvent } from './job-event.ts';
import { signedHeaders, signingSecrets } from './sign-webhook.ts';
import { WebhookFailed } from './webhook-failures.ts';
import { secretOf } from './webhook-secret.ts';

const notYet = `Webhook not delivered yet: it is tried again for up to ${hoursOfRetries()} hours`;
const wantsNoMore = 'it answered 410, which means that it wants no more calls';

export interface CallingWebhooks {
  jobs: JobStore;
  secrets: WebhookSecrets;
  caller: WebhookCaller;
}

interface Room {
  signal: AbortSignal;
  now: () => string;
}

/**
 * Calls the webhook of the event's job once, signed. Of a job that was deleted meanwhile nobody is told. A receiver that
 * answers 410 wants no more calls: there is nothing to try again, nor to mend. That it failed at first is told to the owner
 * once, however often it does.
 * @throws WebhookFailed if it may work the next time; ForbiddenAddress if it won't
 */
export async function callWebhook(
  deps: CallingWebhooks,
  event: JobEvent,
  room: Room,
): Promise<{ delivered: boolean }> {
  try {
    return await callOnce(deps, event, room);
  } catch (error) {
    // With the time of the job's end, so that each failed try writes the same line: this may add lines, but not list them.
    if (error instanceof WebhookFailed) await deps.jobs.note(event.job_id, event.ended_at, notYet);
    throw error;
  }
}

async function callOnce(
  { jobs, secrets, caller }: CallingWebhooks,
  { owner, ...data }: JobEvent,
  { signal, now }: Room,
): Promise<{ delivered: boolean }> {
  const job = await jobs.get(data.job_id);
  const url = job?.settings.webhookUrl;
  if (url === undefined) return { delivered: false };

  const at = now();
  const body = JSON.stringify({ type: `job.${data.status}`, timestamp: data.ended_at, data });
  const message = { id: data.event_id, timestampSeconds: Math.floor(Date.parse(at) / 1000), body };
  const signing = signingSecrets(await secretOf(secrets, owner, at), at);
  const status = await caller.post(url, { headers: signedHeaders(message, signing), body }, { signal });

  if (status === 410) {
    await jobs.note(data.job_id, now(), `Webhook given up: ${wantsNoMore}`);
    return { delivered: false };
  }
  if (status < 200 || status > 299) throw new WebhookFailed(`it answered ${status}`);
  await jobs.note(data.job_id, now(), 'Webhook delivered');
  return { delivered: true };
}

function hoursOfRetries(): number {
  const { retries, firstRetrySeconds, backoffRate, longestRetrySeconds } = limits.webhook;
  const waits = Array.from({ length: retries }, (_, retry) =>
    Math.min(longestRetrySeconds, firstRetrySeconds * backoffRate ** retry),
  );
  return Math.round(waits.reduce((sum, seconds) => sum + seconds, 0) / 3600);
}
