import type { ApiClient } from '../api/api-client.ts';
import { ApiRefusal } from '../api/api-refusal.ts';
import type { JobSettings, MultipartUpload } from '../api/wire-types.ts';
import type { UploadRoom } from './upload-file.ts';

/** The service does not know the upload, or not as ours. */
const unknownCodes = ['upload-not-found', 'job-not-found', 'wrong-key'];
/** There is nothing to start a job on, or one is running on it with other settings. */
const unstartableCodes = [...unknownCodes, 'source-not-uploaded', 'source-size-differs', 'already-started'];

/**
 * What was begun of this file before: the upload to go on with; the id of its job where only the end was lost; undefined
 * where there is nothing, or nothing that can be gone on with.
 */
export async function resumeUpload(
  api: ApiClient,
  settings: JobSettings,
  { record, resume, say }: UploadRoom,
): Promise<MultipartUpload | string | undefined> {
  const begun = await record?.load();
  if (!begun) return undefined;
  if (!resume) {
    await unlessRefused(unknownCodes, api.abortUpload(begun));
    await record?.forget();
    return undefined;
  }

  if (await unlessRefused(unknownCodes, api.listParts(begun))) {
    say('Going on with the upload that was begun before.');
    return begun;
  }
  // S3 forgets an upload as soon as it is complete: then only the word of it was lost.
  const { job_id, s3_key } = begun;
  const started = await unlessRefused(
    unstartableCodes,
    api.createJob({ job_id, s3_key, ...settings }).then(() => true),
  );
  await record?.forget();
  if (started) {
    say('The file was uploaded before.');
    return job_id;
  }
  say('The service no longer knows the upload that was begun before; starting over.');
  return undefined;
}

/** The answer; undefined where the service refused with one of these codes. */
async function unlessRefused<Answer>(codes: string[], answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiRefusal && codes.includes(error.code)) return undefined;
    throw error;
  }
}
