import * as z from 'zod';
import type { JobSettings } from '../../core/jobs/job.ts';
import { toSettings, withRulesAcross } from '../shared/job-settings.ts';
import { settingsTextFields } from '../shared/text-fields.ts';

/** S3's `Object Created`, as EventBridge delivers it. Its time is to the second, cut off: before whatever came of it. */
export const objectCreated = z.object({
  time: z.iso.datetime().transform((time) => new Date(time).toISOString()),
  detail: z.object({ object: z.object({ key: z.string() }) }),
});

/** Those that fit into metadata: it is ASCII, 2 KB in all. */
const fields = [
  'num_segments',
  'min_duration',
  'max_duration',
  'outputs',
  'normalize_loudness',
  'captions',
  'cut',
  'webhook_url',
] as const;
const settingsSchema = withRulesAcross(z.object(settingsTextFields));

/**
 * The settings of a file dropped in the inbox: `x-amz-meta-num-segments`, `-min-duration`, `-max-duration`, `-outputs`
 * (JSON text), `-normalize-loudness`, `-captions`, `-cut`, `-webhook-url`. Nobody waits for an answer there, so what can't be used becomes a
 * note on the job, and the defaults hold.
 */
export function readSettings(metadata: Record<string, string>): { settings: JobSettings; notes: string[] } {
  const given = Object.fromEntries(
    fields.flatMap((field) => {
      const text = metadata[field.replace('_', '-')] ?? metadata[field];
      return text === undefined ? [] : [[field, text]];
    }),
  );
  const result = settingsSchema.safeParse(given);
  if (result.success) return { settings: toSettings(result.data), notes: [] };

  const names = result.error.issues.map(({ path }) => `x-amz-meta-${String(path[0]).replace('_', '-')}`);
  const notes = [`The defaults were used, since these could not be: ${[...new Set(names)].join(', ')}.`];
  return { settings: toSettings(settingsSchema.parse({})), notes };
}
