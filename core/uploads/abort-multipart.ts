import type { JobStore } from '../ports/job-store.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { MultipartUploads } from '../ports/uploads.ts';
import { uploadNotFound } from '../refusals.ts';
import { ownUpload, type UploadClaim } from './own-upload.ts';

/**
 * Gives an unfinished upload up: its parts are forgotten, its job is cancelled. The same call again changes nothing.
 * @throws Refusal `job-not-found`, `wrong-key`; `upload-not-found` if it is a source by now, or has expired
 */
export async function abortMultipart(
  { jobs, multipart, uploads }: { jobs: JobStore; multipart: MultipartUploads; uploads: ObjectStore },
  owner: string,
  claim: UploadClaim,
  now: string,
): Promise<void> {
  const job = await ownUpload(jobs, owner, claim);
  if (job.status === 'cancelled') return;
  if (job.status !== 'awaiting_upload') throw uploadNotFound();

  await multipart.abort(claim);
  // It may have been completed before, or at this very moment.
  if (await uploads.head(job.source.key)) throw uploadNotFound();

  const change = await jobs.change(
    job.jobId,
    { status: ['awaiting_upload'], attempt: job.attempt },
    {
      status: 'cancelled',
      announcement: 'due',
      reachedAt: { ...job.reachedAt, cancelled: now },
      updatedAt: now,
    },
  );
  if (change.changed) await jobs.note(job.jobId, now, 'Cancelled: the upload was given up');
  else if (change.now?.status !== 'cancelled') throw uploadNotFound();
}
