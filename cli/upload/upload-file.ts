import { basename } from 'node:path';
import type { ApiClient } from '../api/api-client.ts';
import type { JobSettings } from '../api/wire-types.ts';
import { retrying } from '../retrying.ts';
import type { LocalFile } from './local-file.ts';
import { resumeUpload } from './resume-upload.ts';
import { uploadForm } from './upload-form.ts';
import { counted, type UploadMeter, uploadMeter } from './upload-meter.ts';
import { uploadParts } from './upload-parts.ts';
import type { UploadRecord } from './upload-records.ts';

export interface UploadRoom {
  signal: AbortSignal;
  /** Parts on their way at once. */
  parallel: number;
  /** Undefined: what suits the size, as the service sees it. */
  partSizeBytes?: number;
  /** Without one nothing is remembered, and an upload that breaks off can't be gone on with. */
  record?: UploadRecord;
  /** False: an unfinished upload of the file is thrown away first. */
  resume: boolean;
  /** Tells of a meter that can be read until the upload has ended. */
  onBegin: (meter: UploadMeter) => void;
  /** What people should know. */
  say: (line: string) => void;
}

/** One part's worth: sent again as a whole is no loss, and it takes half the calls. */
export const formBytes = 16 * 1024 ** 2;
const formAttempts = 10;

/**
 * Uploads a file and starts the job on it; answers the job's id. Goes on with an unfinished upload of the same file.
 * Throws UploadFailed, ApiRefusal, TransientFailure; Locked where another process uploads it.
 */
export async function uploadFile(
  api: ApiClient,
  file: LocalFile,
  settings: JobSettings,
  room: UploadRoom,
): Promise<string> {
  if (file.sizeBytes <= formBytes && !room.partSizeBytes) return viaForm(api, file, settings, room);

  const release = await room.record?.lock();
  try {
    return await viaParts(api, file, settings, room);
  } finally {
    await release?.();
  }
}

async function viaForm(
  api: ApiClient,
  file: LocalFile,
  settings: JobSettings,
  room: UploadRoom,
): Promise<string> {
  const { signal } = room;
  const upload = await api.presignUpload(newUpload(file, settings));
  const meter = uploadMeter(file.sizeBytes, 0);
  room.onBegin(meter);

  const send = () => counted(meter, (onSent) => uploadForm(upload, file, { signal, onSent }));
  await retrying(send, { signal, attempts: formAttempts, onRetry: meter.addRetry });
  await api.createJob({ job_id: upload.job_id, s3_key: upload.s3_key, ...settings });
  return upload.job_id;
}

async function viaParts(
  api: ApiClient,
  file: LocalFile,
  settings: JobSettings,
  room: UploadRoom,
): Promise<string> {
  const { record, signal, parallel, partSizeBytes } = room;
  const resumed = await resumeUpload(api, settings, room);
  if (typeof resumed === 'string') return resumed;

  const upload =
    resumed ?? (await api.initiateUpload({ ...newUpload(file, settings), part_size: partSizeBytes }));
  await record?.save(upload);

  const onBegin = (alreadyBytes: number) => {
    const meter = uploadMeter(file.sizeBytes, alreadyBytes);
    room.onBegin(meter);
    return meter;
  };
  await uploadParts(api, upload, file, { signal, parallel, onBegin });
  await api.createJob({ job_id: upload.job_id, s3_key: upload.s3_key, ...settings });
  await record?.forget();
  return upload.job_id;
}

/** The settings go along: what is wrong with them must be said before hours of upload, not after. */
function newUpload({ path, sizeBytes }: LocalFile, settings: JobSettings) {
  return { filename: basename(path), file_size: sizeBytes, ...settings };
}
