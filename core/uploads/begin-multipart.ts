import type { Ids } from '../ports/ids.ts';
import type { JobStore } from '../ports/job-store.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { MultipartUploads } from '../ports/uploads.ts';
import { type Admitting, admitJob } from './admit-job.ts';
import type { PartedJob } from './own-upload.ts';
import { planParts } from './part-plan.ts';
import { type UploadRequest, waitingJob, withGiven } from './waiting-job.ts';

export interface MultipartRequest extends UploadRequest {
  /** 5 MiB to 5 GiB; chosen by the size of the file where it is left out. */
  partSizeBytes?: number;
}

/**
 * Makes a job that waits for its source, and begins the upload of that in parts.
 * @throws Refusal `unsupported-file-type`, `validation-failed` (filename, part_size), `file-too-large`,
 *   `too-many-active-jobs`, `daily-bytes-exceeded`
 */
export async function beginMultipart(
  deps: Admitting & { jobs: JobStore; uploads: ObjectStore; multipart: MultipartUploads; ids: Ids },
  owner: string,
  request: MultipartRequest,
  now: string,
): Promise<{ job: PartedJob; kind: 'video' | 'audio' }> {
  const { job: waiting, kind } = waitingJob(deps.ids, owner, request, now);
  const plan = planParts(request.sizeBytes, request.partSizeBytes);

  await admitJob(deps, waiting, request.sizeBytes, now);
  const { uploadId } = await deps.multipart.begin(waiting.source);
  const complete = await withGiven(deps, waiting, request);
  const job = { ...complete, upload: { uploadId, ...plan } };
  if (!(await deps.jobs.create(job))) throw new Error(`The new job id ${job.jobId} is taken.`);
  return { job, kind };
}
