import type { JobStore } from '../ports/job-store.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { MultipartUploads } from '../ports/uploads.ts';
import { Refusal, uploadNotFound } from '../refusals.ts';
import { type ClaimedPart, checkParts } from './check-parts.ts';
import { ownUpload, type PartedJob, type UploadClaim } from './own-upload.ts';

export interface CompletedUpload {
  key: string;
  etag: string;
  sizeBytes: number;
}

/**
 * Makes the source of its parts, if S3 holds exactly those that were declared. The same call again, also by a client
 * that never got the first answer, is answered the same.
 * @throws Refusal `job-not-found`, `wrong-key`, `upload-incomplete`, `upload-not-found`
 */
export async function completeMultipart(
  { jobs, multipart, uploads }: { jobs: JobStore; multipart: MultipartUploads; uploads: ObjectStore },
  owner: string,
  claim: UploadClaim,
  claimed: ClaimedPart[],
): Promise<CompletedUpload> {
  const job = await ownUpload(jobs, owner, claim);
  const { key, etag: startedOn, sizeBytes } = job.source;
  // Once started, the job knows its source, even when that is deleted already.
  if (startedOn) return { key, etag: startedOn, sizeBytes };
  if (job.status !== 'awaiting_upload') throw uploadNotFound();

  const parts = await multipart.listParts(claim);
  if (!parts) return whatIsThere(uploads, job);
  checkParts(job.upload, sizeBytes, parts, claimed);

  const completion = await multipart.complete(claim, parts);
  switch (completion.outcome) {
    case 'made':
      return { key, etag: completion.etag, sizeBytes };
    case 'not-made':
      return whatIsThere(uploads, job);
    case 'parts-changed':
      throw new Refusal('upload-incomplete', 'A part was uploaded again meanwhile: ask for the parts.');
    default:
      return completion satisfies never;
  }
}

/** Nobody can write to this key but by this upload: an object of the declared size is what it became. */
async function whatIsThere(uploads: ObjectStore, { source }: PartedJob): Promise<CompletedUpload> {
  const object = await uploads.head(source.key);
  if (object?.sizeBytes !== source.sizeBytes) throw uploadNotFound();
  return { key: source.key, etag: object.etag, sizeBytes: object.sizeBytes };
}
