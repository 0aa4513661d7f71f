import { ClipsFailed, SourceChanged, SourceMissing } from '../failures.ts';
import { advance, type Run, requireRun } from './advance.ts';
import type { Clip } from './job.ts';
import type { StepDeps } from './steps.ts';
import { verifyClips } from './verify-clips.ts';

/**
 * Completes the job, after every clip was seen in the bucket as it was rendered. From here on cleanup and the announcement are due.
 * @throws ClipsFailed, SourceChanged, SourceMissing, StaleAttempt
 */
export async function finishJob(
  { jobs, clips }: Pick<StepDeps, 'jobs' | 'clips'>,
  run: Run,
  now: string,
): Promise<{ completed: boolean }> {
  const job = await requireRun(jobs, run);
  if (job.status === 'completed') return { completed: false };

  const { expected, missing, verified } = await verifyClips({ jobs, clips }, job);
  if (!verified) throw whatFailed(expected, missing);

  await advance(jobs, run, 'completed', { cleanup: 'due', announcement: 'due', stagePercent: 100 }, now);
  return { completed: true };
}

/** A source that changed or went away is what really failed, however many clips it took along. */
function whatFailed(expected: number, missing: Clip[]): Error {
  for (const { failure } of missing) {
    if (failure?.code === 'source_changed') return new SourceChanged(failure.message);
    if (failure?.code === 'source_missing') return new SourceMissing(failure.message);
  }
  const which = missing.map(({ clipNumber }) => clipNumber).join(', ');
  return new ClipsFailed(
    `${missing.length} of ${expected} clips could not be rendered (${which}). ` +
      'The finished ones can be downloaded; the source is kept.',
  );
}
