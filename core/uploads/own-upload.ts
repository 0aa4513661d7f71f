import type { Job, PartedUpload } from '../jobs/job.ts';
import { ownJob } from '../jobs/own-job.ts';
import type { JobStore } from '../ports/job-store.ts';
import type { MultipartUpload } from '../ports/uploads.ts';
import { Refusal, uploadNotFound } from '../refusals.ts';

/** What a caller says an upload is: the job, the key and the upload id must be of one another. */
export interface UploadClaim extends MultipartUpload {
  jobId: string;
}

export type PartedJob = Job & { upload: PartedUpload };

/**
 * The job whose source goes up in these parts, if it is the caller's.
 * @throws Refusal `job-not-found`, also for a stranger's; `wrong-key`
 */
export async function ownUpload(jobs: JobStore, owner: string, claim: UploadClaim): Promise<PartedJob> {
  const job = await ownJob(jobs, owner, claim.jobId);
  if (job.source.key !== claim.key) throw notOfThisJob('s3_key');
  if (job.upload?.uploadId !== claim.uploadId) throw notOfThisJob('upload_id');
  return { ...job, upload: job.upload };
}

/** The same while parts are taken. @throws Refusal `upload-not-found` too */
export async function openUpload(jobs: JobStore, owner: string, claim: UploadClaim): Promise<PartedJob> {
  const job = await ownUpload(jobs, owner, claim);
  if (job.status !== 'awaiting_upload') throw uploadNotFound();
  return job;
}

function notOfThisJob(field: 's3_key' | 'upload_id'): Refusal {
  return new Refusal('wrong-key', `The ${field} is not that of this job.`, [
    { field, message: `Give back the ${field} that came with the job_id.` },
  ]);
}
