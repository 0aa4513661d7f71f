import { ClipsFailed, SourceChanged, SourceMissing } from '../failures.ts';
import { advance, type Run, requireRun } from './advance.ts';
import type { Clip } from './job.ts';
import type { StepDeps } from './steps.ts';
import { unverifiedClips } from './verify-clips.ts';

/**
 * Completes the job, after every clip was seen in the bucket as it was rendered. From here on cleanup is due.
 * @throws ClipsFailed, SourceChanged, SourceMissing, StaleAttempt
 */
export async function finishJob(
  { jobs, clips }: Pick<StepDeps, 'jobs' | 'clips'>,
  run: Run,
  now: string,
): Promise<{ completed: boolean }> {
  const job = await requireRun(jobs, run);
  if (job.status === 'completed') return { completed: false };

  const all = await jobs.getClips(run.jobId);
  const missing = await unverifiedClips(clips, all);
  if (all.length === 0 || missing.length > 0) throw whatFailed(all, missing);

  await advance(jobs, run, 'completed', { cleanup: 'due', stagePercent: 100 }, now);
  return { completed: true };
}

/** A source that changed or went away is what really failed, however many clips it took along. */
function whatFailed(all: Clip[], missing: Clip[]): Error {
  for (const { failure } of missing) {
    if (failure?.code === 'source_changed') return new SourceChanged(failure.message);
    if (failure?.code === 'source_missing') return new SourceMissing(failure.message);
  }
  const which = missing.map(({ clipNumber }) => clipNumber).join(', ');
  return new ClipsFailed(
    `${missing.length} of ${all.length} clips could not be rendered (${which}). ` +
      'The finished ones can be downloaded; the source is kept.',
  );
}
