import * as z from 'zod';
import type { UploadedPart } from '../../core/ports/uploads.ts';
import { jobNotFound } from '../../core/refusals.ts';
import type { MultipartRequest } from '../../core/uploads/begin-multipart.ts';
import { readArrivalKey } from '../../core/uploads/keys.ts';
import type { UploadClaim } from '../../core/uploads/own-upload.ts';
import { smallestPartBytes } from '../../core/uploads/part-plan.ts';
import { partList, partNumber } from '../multipart-upload/contract.ts';
import { toUploadRequest } from '../presign-upload/contract.ts';
import { isJobId } from '../shared/ids.ts';
import { toNumber } from '../shared/text-fields.ts';
import { uppyMetadata } from './metadata.ts';

/** What Uppy's CompanionS3 sends of a file; more may come, and is not looked at. */
export const uppyFile = z.object({
  filename: z.string().min(1).max(1024),
  type: z
    .string()
    .max(1024)
    .optional()
    .describe("The browser's guess; used if it is a video/… or audio/… type"),
  // None at all is refused like some without a size: with the word what to do.
  metadata: uppyMetadata.prefault({} as never),
});

export const uppyForm = z.object({
  method: z.literal('POST'),
  url: z.string(),
  fields: z.record(z.string(), z.string()),
});

export const uppyBegun = z.object({ key: z.string(), uploadId: z.string() });

export const uppyKeyQuery = z.object({ key: z.string().min(1).max(1024) });

/** It comes in the path. */
export const uppyPartNumber = z.object({ partNumber: z.preprocess(toNumber, partNumber) });

export const uppyParts = z.array(z.object({ PartNumber: z.int(), Size: z.int(), ETag: z.string() }));

export const uppySignedPart = z.object({ url: z.string(), expires: z.int().describe('Seconds') });

export const uppyCompleteRequest = z.object({ parts: partList });

export const uppyCompleted = z.object({
  location: z.string().describe('The path of the job'),
  key: z.string(),
});

/** Uppy cuts a file into the smallest parts that S3 takes, unless `metadata.part_size` tells of another size. */
export function toMultipartRequest({
  filename,
  type,
  metadata,
}: z.output<typeof uppyFile>): MultipartRequest {
  const { part_size, ...rest } = metadata;
  const content_type = /^(video|audio)\/[\w.+-]{1,100}$/.exec(type ?? '')?.[0];
  return {
    ...toUploadRequest({ ...rest, filename, content_type }),
    partSizeBytes: part_size ?? smallestPartBytes(metadata.file_size),
  };
}

/** Uppy knows no job ids, but the key holds one. @throws Refusal `job-not-found` */
export function toClaim(uploadId: string, key: string): UploadClaim {
  const arrival = readArrivalKey(key);
  if (!arrival || !('jobId' in arrival) || !isJobId(arrival.jobId)) throw jobNotFound();
  return { jobId: arrival.jobId, key, uploadId };
}

export function toUppyParts(parts: UploadedPart[]): z.output<typeof uppyParts> {
  return parts.map(({ partNumber, sizeBytes, etag }) => ({
    PartNumber: partNumber,
    Size: sizeBytes,
    ETag: etag,
  }));
}
