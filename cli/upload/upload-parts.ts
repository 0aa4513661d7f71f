import type { ApiClient } from '../api/api-client.ts';
import { ApiRefusal } from '../api/api-refusal.ts';
import type { ListedPart, MultipartUpload } from '../api/wire-types.ts';
import { retrying, TransientFailure } from '../retrying.ts';
import { inParallel } from './in-parallel.ts';
import { type LocalFile, requireUnchanged } from './local-file.ts';
import { finishedParts, type Part, planParts } from './plan-parts.ts';
import { sendPart } from './send-part.ts';
import { StorageForbidden } from './storage-answer.ts';
import { counted, type UploadMeter } from './upload-meter.ts';

export interface PartsRoom {
  signal: AbortSignal;
  /** Parts on their way at once. */
  parallel: number;
  /** Called when it is known how much is there already. */
  onBegin: (alreadyBytes: number) => UploadMeter;
}

/** Failures of one part in a row, while no other part arrived: some minutes. */
const attempts = 20;
/** A new address each time: if these are refused too, it is not their age. */
const forbiddenAttempts = 3;
const completeAttempts = 3;

/**
 * Sends what S3 does not have of the file, and completes the upload. Safe to interrupt at any point and to call again.
 * Throws ApiRefusal `upload-not-found` where the service doesn't know it (any more), UploadFailed, TransientFailure.
 */
export async function uploadParts(
  api: ApiClient,
  upload: MultipartUpload,
  file: LocalFile,
  room: PartsRoom,
): Promise<void> {
  const plan = planParts(file.sizeBytes, upload.part_size);
  let meter: UploadMeter | undefined;

  for (let attempt = 1; ; attempt += 1) {
    const arrived = finishedParts(plan, await api.listParts(upload));
    meter ??= room.onBegin(arrived.reduce((sum, { size }) => sum + size, 0));
    await sendMissing(api, upload, file, { ...room, meter, plan, arrived });
    await requireUnchanged(file);
    try {
      return await api.completeUpload(
        upload,
        arrived.toSorted((a, b) => a.part_number - b.part_number),
      );
    } catch (error) {
      // S3 has another idea of what is there: ask it again, and send what it lacks.
      const isIncomplete = error instanceof ApiRefusal && error.code === 'upload-incomplete';
      if (!isIncomplete || attempt === completeAttempts) throw error;
    }
  }
}

interface Missing extends PartsRoom {
  meter: UploadMeter;
  plan: Part[];
  /** Grows with each part that is sent. */
  arrived: ListedPart[];
}

async function sendMissing(
  api: ApiClient,
  upload: MultipartUpload,
  { path }: LocalFile,
  { signal, parallel, meter, plan, arrived }: Missing,
): Promise<void> {
  const numbers = new Set(arrived.map(({ part_number }) => part_number));
  const missing = plan.filter(({ number }) => !numbers.has(number));

  await inParallel(missing, parallel, signal, async (part, signal) => {
    let forbidden = 0;
    const send = async () => {
      // Signed for each attempt: an upload may last longer than an address.
      const url = await api.signPart(upload, part.number);
      try {
        return await counted(meter, (onSent) => sendPart(url, path, part, { signal, onSent }));
      } catch (error) {
        if (error instanceof StorageForbidden && ++forbidden < forbiddenAttempts) {
          throw new TransientFailure(error.message, { cause: error });
        }
        throw error;
      }
    };
    const progress = () => arrived.length;
    arrived.push(await retrying(send, { signal, attempts, progress, onRetry: meter.addRetry }));
  });
}
