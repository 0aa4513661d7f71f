import * as z from 'zod';
import type { JobEvent } from '../../core/announce/job-event.ts';

/** What travels through the state machine of announcements, put there by our own code. */
export const announced = z
  .object({ event: z.looseObject({ job_id: z.string() }) })
  .transform(({ event }) => ({ jobId: event.job_id, event: event as unknown as JobEvent }));
