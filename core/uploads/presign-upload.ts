import type { Job } from '../jobs/job.ts';
import { limits } from '../limits.ts';
import type { Ids } from '../ports/ids.ts';
import type { JobStore } from '../ports/job-store.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { UrlSigner } from '../ports/uploads.ts';
import { Refusal } from '../refusals.ts';
import { type Admitting, admitJob } from './admit-job.ts';
import { type UploadRequest, waitingJob, withGiven } from './waiting-job.ts';

export interface PresignedUpload {
  job: Job;
  kind: 'video' | 'audio';
  url: string;
  fields: Record<string, string>;
  expiresInSeconds: number;
}

/**
 * Makes a job that waits for its source, and a form that uploads exactly that: this key, type and size.
 * @throws Refusal `unsupported-file-type`, `validation-failed` (filename), `file-too-large`, `multipart-required`,
 *   `too-many-active-jobs`, `daily-bytes-exceeded`
 */
export async function presignUpload(
  deps: Admitting & {
    jobs: JobStore;
    uploads: ObjectStore;
    signer: Pick<UrlSigner, 'signUpload'>;
    ids: Ids;
  },
  owner: string,
  request: UploadRequest,
  now: string,
): Promise<PresignedUpload> {
  const { job: waiting, kind } = waitingJob(deps.ids, owner, request, now);
  if (request.sizeBytes > limits.singleUploadBytes) throw multipartRequired();

  await admitJob(deps, waiting, request.sizeBytes, now);
  const form = await deps.signer.signUpload(waiting.source);
  const job = await withGiven(deps, waiting, request);
  if (!(await deps.jobs.create(job))) throw new Error(`The new job id ${job.jobId} is taken.`);
  return { job, kind, ...form };
}

function multipartRequired(): Refusal {
  const message = `At most ${limits.singleUploadBytes} bytes (5 GiB) go up in one form.`;
  return new Refusal(
    'multipart-required',
    'A file of this size goes up in parts: begin with the path in link.',
    [{ field: 'file_size', message }],
    { link: '/api/upload/multipart/initiate' },
  );
}
