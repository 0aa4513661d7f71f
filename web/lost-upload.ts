import { api } from './api.ts';
import { jobIdOf, type UploadFile, type Uploads } from './uploads.ts';

/**
 * S3 no longer knows an upload. Either it was completed and only the answer got lost: then it has succeeded. Or it was
 * given up elsewhere, or its day is over: then the next try, if the person wants one, starts from the beginning.
 */
export async function settleLostUpload(uppy: Uploads, { id }: UploadFile): Promise<void> {
  const file = uppy.getFile(id);
  const key = file && 's3Multipart' in file ? file.s3Multipart?.key : undefined;
  uppy.setFileState(id, { s3Multipart: undefined });
  const jobId = jobIdOf(key);
  if (!jobId) return;

  const { status } = await api.status(jobId);
  if (['awaiting_upload', 'cancelled', 'expired'].includes(status)) return;
  uppy.setFileState(id, { error: null });
  uppy.emit('upload-success', file, { status: 200, body: { key } });
}
