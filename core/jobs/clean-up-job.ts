import { ClipsFailed } from '../failures.ts';
import { formatSize } from '../format-size.ts';
import type { JobStore } from '../ports/job-store.ts';
import { type Run, requireRun } from './advance.ts';
import type { Job } from './job.ts';
import { settle } from './settle.ts';
import { pinnedSource, type StepDeps } from './steps.ts';
import { verifyClips } from './verify-clips.ts';

/**
 * Deletes the source of a completed job, with what was made of it and what came with it, and nothing else: the exact
 * objects, by key and ETag, that were written down before. It may break off anywhere and be run again.
 * @throws ClipsFailed if a clip is no longer as rendered: then nothing is deleted
 */
export async function cleanUpJob(
  { jobs, uploads, clips }: Pick<StepDeps, 'jobs' | 'uploads' | 'clips'>,
  run: Run,
  now: () => string,
): Promise<{ bytesFreed: number }> {
  const job = await requireRun(jobs, run);
  if (job.cleanup === 'done') return { bytesFreed: 0 };

  const { verified } = await verifyClips({ jobs, clips }, job);
  if (!verified) throw new ClipsFailed('The clips are not as they were rendered; the source is kept.');
  return deleteUploads({ jobs, uploads }, job, now);
}

/** The same without a look at the clips: for a cleanup that had deleted the source before it broke off. */
export async function deleteUploads(
  { jobs, uploads }: Pick<StepDeps, 'jobs' | 'uploads'>,
  job: Job,
  now: () => string,
): Promise<{ bytesFreed: number }> {
  const { jobId } = job;
  const marked = await writeDown(jobs, job, now());
  if (!marked) return { bytesFreed: 0 };
  let bytesFreed = 0;
  for (const object of marked.deletions ?? []) {
    const outcome = await uploads.delete(object);
    // Another object under that key was never part of this job: the lifecycle rule takes it.
    if (outcome === 'changed')
      await jobs.note(jobId, now(), `Kept, as it was replaced meanwhile: the ${kindOf(job, object.key)}`);
    // A missing one counts: it was an earlier run of this cleanup that deleted it.
    else bytesFreed += object.sizeBytes;
  }

  await settle(jobs, marked, ({ cleanup }) => cleanup === 'deleting', {
    cleanup: 'done',
    // Of a file that came once more, too.
    bytesFreed: (job.bytesFreed ?? 0) + bytesFreed,
    source: { ...job.source, deletedAt: now() },
    ...(job.audio && { audio: { ...job.audio, deletedAt: now() } }),
    updatedAt: now(),
  });
  await jobs.note(jobId, now(), `Source deleted, with what was made of it: ${formatSize(bytesFreed)} freed`);
  return { bytesFreed };
}

/** The job with what is about to be deleted; as it stands where somebody else was done with that meanwhile. */
async function writeDown(jobs: JobStore, job: Job, now: string): Promise<Job | undefined> {
  const deletions = job.deletions ?? [pinnedSource(job), ...workFiles(job)];
  const change = await jobs.change(
    job.jobId,
    { status: ['completed'], attempt: job.attempt, cleanup: ['due', 'deleting'] },
    {
      cleanup: 'deleting',
      deletions: deletions.map(({ key, etag, sizeBytes }) => ({ key, etag, sizeBytes })),
      updatedAt: now,
    },
  );
  return change.now;
}

/** What was made of the source, or came with it, and is of no use any more. */
function workFiles({ audio, settings, transcript, transcriptProbe, spokenCaptions }: Job) {
  const files = [
    audio,
    settings.captionsFile,
    settings.watermark,
    transcript,
    transcriptProbe,
    spokenCaptions,
  ];
  return files.filter((file) => file !== undefined);
}

function kindOf(job: Job, key: string): string {
  if (key === job.source.key) return 'source';
  if (key === job.audio?.key) return 'audio';
  if (key === job.settings.watermark?.key) return 'watermark';
  return key === job.transcript?.key ? 'transcript' : 'captions';
}
