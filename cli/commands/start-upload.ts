import type { Command } from '../arguments.ts';
import { Interrupted } from '../interrupted.ts';
import type { Room } from '../room.ts';
import { readable } from '../show/format.ts';
import { progressRows, uploadRow } from '../show/progress-rows.ts';
import { shownUpload } from '../show/shown-upload.ts';
import { stateFolder } from '../state-folder.ts';
import type { LocalFile } from '../upload/local-file.ts';
import { uploadFile } from '../upload/upload-file.ts';
import type { UploadProgress } from '../upload/upload-meter.ts';
import { type UploadRecord, uploadRecord } from '../upload/upload-records.ts';

/** Uploads a file and starts its job, showing how it goes on. Throws Interrupted, which says how to go on. */
export async function startUpload(
  file: LocalFile,
  {
    settings,
    transfer,
    follow,
  }: Pick<Extract<Command, { name: 'upload' }>, 'settings' | 'transfer' | 'follow'>,
  room: Room,
): Promise<{ jobId: string; progress?: UploadProgress }> {
  const { api, apiUrl, signal, display } = room;
  const record = await recordOf(file, apiUrl, room);
  let progress: UploadProgress | undefined;
  const show = (upload: UploadProgress) => {
    progress = upload;
    display.show(follow.monitor ? progressRows({ upload }) : [uploadRow(upload)]);
  };
  try {
    const jobId = await shownUpload(
      (onBegin) =>
        uploadFile(api, file, settings, { ...transfer, signal, record, onBegin, say: display.say }),
      show,
    );
    return { jobId, progress };
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new Interrupted(interruptedText(progress));
  }
}

/** Where nothing can be remembered, the file can still go up. */
async function recordOf(
  file: LocalFile,
  apiUrl: string,
  { display }: Room,
): Promise<UploadRecord | undefined> {
  try {
    return await uploadRecord(stateFolder(process.env), file, apiUrl);
  } catch (error) {
    display.say(`Should this upload break off, it can't be gone on with: ${(error as Error).message}`);
    return undefined;
  }
}

function interruptedText(progress: UploadProgress | undefined): string {
  if (!progress) return 'Nothing was uploaded yet.';
  const share = `${readable(progress.sentBytes)} of ${readable(progress.totalBytes)} went up.`;
  return `${share} Run the same command again: it goes on with the parts that are missing.`;
}
