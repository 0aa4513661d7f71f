import type { Ids } from '../ports/ids.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { audioKey } from '../uploads/keys.ts';
import { type Run, record, requireRun } from './advance.ts';
import type { Job, StoredAudio } from './job.ts';
import { pinnedSource, type StepDeps, type StepRoom, whileCurrent } from './steps.ts';

/**
 * Takes the sound out of the source and keeps it beside, for analysis; where there is none, looks for its scenes. The
 * one step that reads the whole source.
 * @throws DamagedMedia, SourceChanged, SourceMissing, StaleAttempt
 */
export async function extractAudio(
  { jobs, uploads, media, ids }: Pick<StepDeps, 'jobs' | 'uploads' | 'media'> & { ids: Ids },
  run: Run,
  { folder, signal, now }: StepRoom,
): Promise<void> {
  const job = await requireRun(jobs, run);
  const facts = requireFacts(job);
  if (isDecided(job) || job.sceneSeconds || (await isStored(uploads, job.audio))) return;

  const current = whileCurrent(signal, (stagePercent) =>
    jobs.change(run.jobId, { status: ['preprocessing'], attempt: run.attempt }, { stagePercent }),
  );
  const source = uploads.open(pinnedSource(job));
  if (!facts.audio) {
    const { sceneSeconds, bytesRead } = await media.findScenes(source, facts, current);
    await record(jobs, run, { sceneSeconds, audioBytesRead: bytesRead }, now());
    return;
  }
  const extracted = await media.extractAudio(source, facts, { folder, ...current });

  const key = audioKey(ids.ownerHash(job.owner), job.jobId);
  const { etag, sizeBytes } = await uploads.putFile(key, extracted.audioPath, { contentType: 'audio/flac' });
  const audio = { key, etag, sizeBytes };
  await record(jobs, run, { audio, audioBytesRead: extracted.bytesRead }, now());
}

/** Segments that were given, or chosen by an earlier attempt, need no listening. */
export function isDecided(job: Job): boolean {
  return job.settings.segments !== undefined || job.segments !== undefined;
}

/** What an earlier attempt made may be gone by now. */
export async function isStored(uploads: ObjectStore, object: StoredAudio | undefined): Promise<boolean> {
  return object !== undefined && (await uploads.head(object.key))?.etag === object.etag;
}

export function requireFacts(job: Job): NonNullable<Job['facts']> {
  if (!job.facts) throw new Error(`Job ${job.jobId} was not probed.`);
  return job.facts;
}
