import type { Ids } from '../ports/ids.ts';
import type { JobStore } from '../ports/job-store.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { MultipartUploads } from '../ports/uploads.ts';
import {
  audioKey,
  captionsFormats,
  captionsKey,
  clipFileKeys,
  clipKey,
  isInboxKey,
  spokenCaptionsKey,
  transcriptKey,
  transcriptProbeKey,
  watermarkKey,
} from '../uploads/keys.ts';
import type { Tombstone } from './job.ts';
import { outputsOf } from './look-of.ts';

export interface Erasing {
  jobs: JobStore;
  uploads: ObjectStore;
  clips: ObjectStore;
  multipart: MultipartUploads;
  ids: Ids;
}

/**
 * Deletes every object of a buried job, then its records but the tombstone. It lists nothing: all keys follow from
 * the record. It may break off anywhere and be run again.
 */
export async function eraseJob(
  { jobs, uploads, clips, multipart, ids }: Erasing,
  job: Tombstone,
): Promise<void> {
  const { jobId, source, upload } = job;
  const ownerHash = ids.ownerHash(job.owner);
  const clipNumbers = (job.segments ?? []).map((_, index) => index + 1);

  if (upload) await multipart.abort({ key: source.key, uploadId: upload.uploadId });
  await eraseSource(uploads, source);
  // Also what was written but never recorded.
  const given = captionsFormats.map((format) => captionsKey(ownerHash, jobId, format));
  const workKeys = [audioKey(ownerHash, jobId), ...given, watermarkKey(ownerHash, jobId)];
  const transcripts = Array.from({ length: job.attempt }, (_, n) => transcriptKey(ownerHash, jobId, n + 1));
  const spoken = [...transcripts, transcriptProbeKey(ownerHash, jobId), spokenCaptionsKey(ownerHash, jobId)];
  for (const key of [...workKeys, ...spoken]) await clear(uploads, key);
  for (const clipNumber of clipNumbers) {
    const keys = clipFileKeys(clipKey(ownerHash, jobId, clipNumber), outputsOf(job.settings));
    const ofOutputs = keys.outputs.flatMap(({ video, poster }) => [video, poster]);
    await Promise.all([...ofOutputs, ...Object.values(keys.captions)].map((key) => clear(clips, key)));
  }
  await jobs.eraseRecords(jobId);
}

/** A name in the inbox may be another file's by now: there only the very object goes that the job was started on. */
async function eraseSource(uploads: ObjectStore, { key, etag }: Tombstone['source']): Promise<void> {
  if (!isInboxKey(key)) return clear(uploads, key);
  if (etag) await uploads.delete({ key, etag });
}

/** Deletes whatever lies at a key that is the job's alone. */
async function clear(store: ObjectStore, key: string): Promise<void> {
  const object = await store.head(key);
  if (!object) return;
  // Written anew between the two calls, by a function that was late.
  if ((await store.delete(object)) === 'changed') await clear(store, key);
}
