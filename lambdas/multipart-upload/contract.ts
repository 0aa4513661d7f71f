import * as z from 'zod';
import { limits } from '../../core/limits.ts';
import type { UploadedPart } from '../../core/ports/uploads.ts';
import type { beginMultipart, MultipartRequest } from '../../core/uploads/begin-multipart.ts';
import type { ClaimedPart } from '../../core/uploads/check-parts.ts';
import type { CompletedUpload } from '../../core/uploads/complete-multipart.ts';
import type { UploadClaim } from '../../core/uploads/own-upload.ts';
import type { PartPlan } from '../../core/uploads/part-plan.ts';
import type { SignedParts } from '../../core/uploads/sign-parts.ts';
import { toUploadRequest, uploadFields } from '../presign-upload/contract.ts';
import { withRulesAcross } from '../shared/job-settings.ts';

const { partBytes, parts, partsSignedAtOnce } = limits.multipart;
export const partNumber = z.int().min(1).max(parts);

export const initiateRequest = withRulesAcross(
  z.strictObject({
    ...uploadFields,
    part_size: z
      .int()
      .min(partBytes.min)
      .max(partBytes.max)
      .optional()
      .describe('Bytes of each part but the last; chosen by the size of the file where it is left out'),
  }),
);

export const initiateAnswer = z.object({
  upload_id: z.string(),
  s3_key: z.string(),
  job_id: z.string(),
  file_type: z.enum(['video', 'audio']),
  num_parts: z.int(),
  part_size: z.int().describe('Bytes of each part; the last one has the rest'),
});

const claim = {
  job_id: z.string().min(1).max(64),
  upload_id: z.string().min(1).max(1024),
  s3_key: z.string().min(1).max(1024),
};

export const uploadClaim = z.strictObject(claim);

export const urlsRequest = z.strictObject({
  ...claim,
  part_numbers: z.array(partNumber).min(1).max(partsSignedAtOnce),
});

export const urlsAnswer = z.object({
  urls: z.array(
    z.object({ part_number: z.int(), url: z.string().describe('PUT exactly the bytes of this part') }),
  ),
  expires_in: z.int().max(limits.urlLifeSeconds).describe('Seconds'),
});

export const partsAnswer = z.object({
  parts: z.array(z.object({ part_number: z.int(), etag: z.string(), size: z.int() })),
  part_size: z.int(),
  num_parts: z.int(),
});

/** As S3 itself names them, and as S3 answered them: the ETag with or without its quotes. */
export const partList = z
  .array(z.strictObject({ PartNumber: partNumber, ETag: z.string().min(1).max(128) }))
  .min(1)
  .max(parts);

export const completeRequest = z.strictObject({ ...claim, parts: partList });

export const completeAnswer = z.object({ s3_key: z.string(), etag: z.string(), size: z.int() });

export function toMultipartRequest(body: z.output<typeof initiateRequest>): MultipartRequest {
  return { ...toUploadRequest(body), partSizeBytes: body.part_size };
}

export function toClaim(body: z.output<typeof uploadClaim>): UploadClaim {
  return { jobId: body.job_id, uploadId: body.upload_id, key: body.s3_key };
}

export function toClaimedParts(list: z.output<typeof partList>): ClaimedPart[] {
  return list.map(({ PartNumber, ETag }) => ({ partNumber: PartNumber, etag: ETag.replaceAll('"', '') }));
}

export function toInitiateAnswer({
  job,
  kind,
}: Awaited<ReturnType<typeof beginMultipart>>): z.output<typeof initiateAnswer> {
  return {
    upload_id: job.upload.uploadId,
    s3_key: job.source.key,
    job_id: job.jobId,
    file_type: kind,
    num_parts: job.upload.numParts,
    part_size: job.upload.partSizeBytes,
  };
}

export function toUrlsAnswer({ urls, expiresInSeconds }: SignedParts): z.output<typeof urlsAnswer> {
  return {
    urls: urls.map((signed) => ({ part_number: signed.partNumber, url: signed.url })),
    expires_in: expiresInSeconds,
  };
}

export function toPartsAnswer(listed: {
  parts: UploadedPart[];
  plan: PartPlan;
}): z.output<typeof partsAnswer> {
  return {
    parts: listed.parts.map((part) => ({
      part_number: part.partNumber,
      etag: part.etag,
      size: part.sizeBytes,
    })),
    part_size: listed.plan.partSizeBytes,
    num_parts: listed.plan.numParts,
  };
}

export function toCompleteAnswer(upload: CompletedUpload): z.output<typeof completeAnswer> {
  return { s3_key: upload.key, etag: upload.etag, size: upload.sizeBytes };
}
