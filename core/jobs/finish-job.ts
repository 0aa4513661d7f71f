import { ClipsFailed } from '../failures.ts';
import { advance, type Run, requireRun } from './advance.ts';
import type { StepDeps } from './steps.ts';
import { unverifiedClips } from './verify-clips.ts';

/**
 * Completes the job, after every clip was seen in the bucket as it was rendered. From here on cleanup is due.
 * @throws ClipsFailed, StaleAttempt
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
  if (all.length === 0 || missing.length > 0) {
    const which = missing.map(({ clipNumber }) => clipNumber).join(', ');
    throw new ClipsFailed(
      `${missing.length} of ${all.length} clips could not be rendered (${which}). ` +
        'The finished ones can be downloaded; the source is kept.',
    );
  }

  await advance(jobs, run, 'completed', { cleanup: 'due', stagePercent: 100 }, now);
  return { completed: true };
}
