import * as z from 'zod';
import type { JobSettings } from '../../core/jobs/job.ts';
import { settingsFields, toSettings, withDurationsInOrder } from '../shared/job-settings.ts';

/** S3's `Object Created`, as EventBridge delivers it. */
export const objectCreated = z.object({
  detail: z.object({ object: z.object({ key: z.string() }) }),
});

const numeric = ['num_segments', 'min_duration', 'max_duration'] as const;
const settingsSchema = withDurationsInOrder(z.object(settingsFields));

/**
 * The settings of a file dropped in the inbox: `x-amz-meta-num-segments`, `-min-duration`, `-max-duration`.
 * Nobody waits for an answer there, so what can't be used becomes a note on the job, and the defaults hold.
 */
export function readSettings(metadata: Record<string, string>): { settings: JobSettings; notes: string[] } {
  const given = Object.fromEntries(
    numeric.flatMap((field) => {
      const text = metadata[field.replace('_', '-')] ?? metadata[field];
      return text === undefined ? [] : [[field, Number(text)]];
    }),
  );
  const result = settingsSchema.safeParse(given);
  if (result.success) return { settings: toSettings(result.data), notes: [] };

  const fields = result.error.issues.map(({ path }) => `x-amz-meta-${path.join('.').replace('_', '-')}`);
  const notes = [`The defaults were used, since these could not be: ${fields.join(', ')}.`];
  return { settings: toSettings(settingsSchema.parse({})), notes };
}
