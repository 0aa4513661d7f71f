import * as z from 'zod';
import { endings, type JobEvent } from '../../core/announce/job-event.ts';

const jobEvent = z.object({
  version: z.literal('1'),
  event_id: z.string(),
  job_id: z.string(),
  attempt: z.int(),
  status: z.enum(endings),
  owner: z.string(),
  total_clips: z.int(),
  clips_completed: z.int(),
  error_code: z.string().nullable(),
  created_at: z.string(),
  ended_at: z.string(),
}) satisfies z.ZodType<JobEvent>;

/** What a webhook is sent; core/announce/call-webhook.ts writes it. */
export const webhookBody = z.object({
  type: z.enum(endings.map((ending) => `job.${ending}` as const)),
  timestamp: z.iso.datetime(),
  data: jobEvent.omit({ owner: true }),
});

/** What travels through the state machine of announcements. */
export const announced = z
  .object({ event: jobEvent })
  .transform(({ event }) => ({ jobId: event.job_id, event }));
