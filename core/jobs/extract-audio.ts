import type { Ids } from '../ports.ts';
import { audioKey } from '../uploads/keys.ts';
import { type Run, record, requireRun } from './advance.ts';
import type { Job } from './job.ts';
import { pinnedSource, type StepDeps, type StepRoom, seldom } from './steps.ts';

/**
 * Takes the sound out of the source and keeps it beside, for analysis. The one step that reads the whole source.
 * @throws DamagedMedia, SourceChanged, SourceMissing, StaleAttempt
 */
export async function extractAudio(
  { jobs, uploads, media, ids }: Pick<StepDeps, 'jobs' | 'uploads' | 'media'> & { ids: Ids },
  run: Run,
  { folder, signal, now }: StepRoom,
): Promise<void> {
  const job = await requireRun(jobs, run);
  const facts = requireFacts(job);
  if (job.audio || !facts.audio || isDecided(job)) return;

  const onProgress = seldom((stagePercent) =>
    jobs.change(run.jobId, { status: ['preprocessing'], attempt: run.attempt }, { stagePercent }),
  );
  const extracted = await media.extractAudio(uploads.open(pinnedSource(job)), facts, {
    folder,
    signal,
    onProgress,
  });

  const key = audioKey(ids.ownerHash(job.owner), job.jobId);
  const { etag, sizeBytes } = await uploads.putFile(key, extracted.audioPath, { contentType: 'audio/flac' });
  const audio = { key, etag, sizeBytes };
  await record(jobs, run, { audio, audioBytesRead: extracted.bytesRead }, now());
}

/** Segments that were given need no listening. */
function isDecided(job: Job): boolean {
  return job.settings.segments !== undefined;
}

export function requireFacts(job: Job): NonNullable<Job['facts']> {
  if (!job.facts) throw new Error(`Job ${job.jobId} was not probed.`);
  return job.facts;
}
