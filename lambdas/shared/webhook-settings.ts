import * as z from 'zod';
import { webhookUrlFault } from '../../core/announce/webhook-url.ts';
import { limits } from '../../core/limits.ts';
import { env } from './env.ts';

/** Where a job's end is told, as it stands in a body. */
export const webhookFields = {
  webhook_url: z
    .string()
    .max(limits.webhook.urlCharacters)
    .superRefine((text, context) => {
      const message = webhookUrlFault(text, { loopback: env.webhooksToLoopback() });
      if (message) context.addIssue({ code: 'custom', message });
    })
    .describe('https, on port 443, on the public internet: called, signed, when the job has ended')
    .optional(),
};
