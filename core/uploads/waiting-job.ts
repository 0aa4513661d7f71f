import { type GivenFiles, storeGiven } from '../jobs/given-files.ts';
import type { Job, JobSettings } from '../jobs/job.ts';
import { limits } from '../limits.ts';
import type { Ids } from '../ports/ids.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { Refusal } from '../refusals.ts';
import { acceptedExtensions, acceptedType } from './accepted-types.ts';
import { cleanFilename } from './filename.ts';
import { sourceKey } from './keys.ts';

export interface UploadRequest extends GivenFiles {
  filename: string;
  sizeBytes: number;
  /** What the client will send; else the usual one of the extension. */
  contentType?: string;
  autoStart: boolean;
  settings: JobSettings;
}

/**
 * A job that waits for its source, not stored yet. `nameField` is where the name came in.
 * @throws Refusal `unsupported-file-type`, `validation-failed` (filename), `file-too-large`
 */
export function waitingJob(
  ids: Ids,
  owner: string,
  request: UploadRequest,
  now: string,
  nameField: 'filename' | 'media_file' = 'filename',
): { job: Job; kind: 'video' | 'audio' } {
  const filename = cleanFilename(request.filename);
  if (!filename) {
    const message = `A name of 1 to ${limits.filenameBytes} bytes, without control characters.`;
    throw new Refusal('validation-failed', 'The filename cannot be used.', [{ field: nameField, message }]);
  }

  const type = acceptedType(filename);
  if (!type) {
    const message = `The name must end in one of: ${acceptedExtensions.map((known) => `.${known}`).join(' ')}`;
    throw new Refusal('unsupported-file-type', 'Files of this type are not taken.', [
      { field: nameField, message },
    ]);
  }

  if (request.sizeBytes > limits.multipart.sourceBytes) {
    const message = `At most ${limits.multipart.sourceBytes} bytes (100 GiB) are taken.`;
    throw new Refusal('file-too-large', 'The file is too large.', [{ field: 'file_size', message }]);
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
  return { job, kind: type.kind };
}

/** The job with what came with it, which is stored first: a record never names what isn't there. */
export async function withGiven(
  deps: { uploads: Pick<ObjectStore, 'putBytes'>; ids: Ids },
  job: Job,
  given: GivenFiles,
): Promise<Job> {
  return { ...job, settings: { ...job.settings, ...(await storeGiven(deps, job, given)) } };
}
