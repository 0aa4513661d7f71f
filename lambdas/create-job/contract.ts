import * as z from 'zod';
import { settingsOverFields } from '../shared/job-settings.ts';

export const createJobRequest = z.strictObject({
  job_id: z.string().min(1).max(64),
  s3_key: z.string().min(1).max(1024),
  file_type: z.enum(['video', 'audio']).optional().describe('Ignored: what the source is, the probe tells'),
  ...settingsOverFields,
});
