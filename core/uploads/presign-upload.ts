import type { Job, JobSettings } from '../jobs/job.ts';
import { limits } from '../limits.ts';
import type { Ids, JobStore, UrlSigner } from '../ports.ts';
import { Refusal } from '../refusals.ts';
import { acceptedExtensions, acceptedType } from './accepted-types.ts';
import { cleanFilename } from './filename.ts';
import { sourceKey } from './keys.ts';

export interface UploadRequest {
  filename: string;
  sizeBytes: number;
  /** What the client will send; else the usual one of the extension. */
  contentType?: string;
  autoStart: boolean;
  settings: JobSettings;
}

export interface PresignedUpload {
  job: Job;
  kind: 'video' | 'audio';
  url: string;
  fields: Record<string, string>;
  expiresInSeconds: number;
}

/**
 * Makes a job that waits for its source, and a form that uploads exactly that: this key, type and size.
 * @throws Refusal `unsupported-file-type`, `validation-failed` (filename), `file-too-large`
 */
export async function presignUpload(
  { jobs, signer, ids }: { jobs: JobStore; signer: UrlSigner; ids: Ids },
  owner: string,
  request: UploadRequest,
  now: string,
): Promise<PresignedUpload> {
  const filename = cleanFilename(request.filename);
  if (!filename) {
    const message = `A name of 1 to ${limits.filenameBytes} bytes, without control characters.`;
    throw new Refusal('validation-failed', 'The filename cannot be used.', [{ field: 'filename', message }]);
  }

  const type = acceptedType(filename);
  if (!type) {
    const message = `The name must end in one of: ${acceptedExtensions.map((known) => `.${known}`).join(' ')}`;
    throw new Refusal('unsupported-file-type', 'Files of this type are not taken.', [
      { field: 'filename', message },
    ]);
  }

  if (request.sizeBytes > limits.singleUploadBytes) {
    const message = `At most ${limits.singleUploadBytes} bytes (5 GiB) go up in one form.`;
    throw new Refusal('file-too-large', 'The file is too large for a single upload.', [
      { field: 'file_size', message },
    ]);
  }

  const jobId = ids.newJobId();
  const job: Job = {
    jobId,
    owner,
    status: 'awaiting_upload',
    attempt: 1,
    cleanup: 'none',
    autoStart: request.autoStart,
    settings: request.settings,
    source: {
      key: sourceKey(ids.ownerHash(owner), jobId, type.extension),
      filename,
      contentType: request.contentType ?? type.contentType,
      sizeBytes: request.sizeBytes,
    },
    reachedAt: { awaiting_upload: now },
    createdAt: now,
    updatedAt: now,
  };

  const form = await signer.signUpload(job.source);
  if (!(await jobs.create(job))) throw new Error(`The new job id ${jobId} is taken.`);
  return { job, kind: type.kind, ...form };
}
