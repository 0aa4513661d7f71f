import * as z from 'zod';
import { limits } from '../../core/limits.ts';
import type { PresignedUpload } from '../../core/uploads/presign-upload.ts';
import type { UploadRequest } from '../../core/uploads/waiting-job.ts';
import { settingsFields, toSettings, withRulesAcross } from '../shared/job-settings.ts';

/** What is to come up, and what becomes of it. */
export const uploadFields = {
  filename: z.string().min(1).max(1024),
  file_size: z.int().positive().describe('Bytes; the upload must be exactly this long'),
  content_type: z
    .string()
    .max(127)
    .regex(
      /^(video|audio|application)\/[a-zA-Z0-9][a-zA-Z0-9.+-]*$/,
      'Must be a video/…, audio/… or application/… type.',
    )
    .optional(),
  auto_start: z.boolean().default(false).describe('Start when the upload arrives, without a create-job call'),
  ...settingsFields,
};

export const presignRequest = withRulesAcross(z.strictObject(uploadFields));

export const presignAnswer = z.object({
  upload_url: z.string(),
  upload_fields: z
    .record(z.string(), z.string())
    .describe('Send these first, as they are; the file comes last'),
  s3_key: z.string(),
  job_id: z.string(),
  file_type: z.enum(['video', 'audio']),
  expires_in: z.int().max(limits.urlLifeSeconds).describe('Seconds'),
});

export function toUploadRequest(body: z.output<typeof presignRequest>): UploadRequest {
  return {
    filename: body.filename,
    sizeBytes: body.file_size,
    contentType: body.content_type,
    autoStart: body.auto_start,
    settings: toSettings(body),
    captions: body.captions_file,
    watermark: body.watermark,
  };
}

export function toPresignAnswer(upload: PresignedUpload): z.output<typeof presignAnswer> {
  return {
    upload_url: upload.url,
    upload_fields: upload.fields,
    s3_key: upload.job.source.key,
    job_id: upload.job.jobId,
    file_type: upload.kind,
    expires_in: upload.expiresInSeconds,
  };
}
