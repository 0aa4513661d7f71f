import type { JobStore } from '../ports/job-store.ts';
import { type Clip, endedStatuses, type Failure, type Job } from './job.ts';

/**
 * Ends the unfinished clips of a job that was cancelled, or failed as a whole. A function that still renders one finds
 * it taken by a later attempt: it stops and changes nothing.
 */
export async function endClips(jobs: JobStore, job: Job): Promise<void> {
  const { jobId, attempt } = job;
  const clips = (await jobs.getClips(jobId)).filter((clip) => clip.attempt <= attempt);
  await Promise.all(
    clips.map((clip) =>
      jobs.changeClip(
        clip,
        { status: ['pending', 'rendering'], attempt: clip.attempt },
        {
          status: 'failed',
          attempt: attempt + 1,
          failure: failureOf(job),
        },
      ),
    ),
  );
}

/** A clip as it is to be shown: no job that has ended has one at work, also where nobody came to write that down. */
export function shownClip(job: Job, clip: Clip): Clip {
  const isAtWork = clip.status === 'pending' || clip.status === 'rendering';
  if (!isAtWork || !endedStatuses.includes(job.status)) return clip;
  return { ...clip, status: 'failed', failure: failureOf(job) };
}

function failureOf({ status, failure }: Job): Failure {
  if (status === 'failed' && failure) return failure;
  return { code: 'cancelled', message: 'The job was cancelled before this clip was finished.' };
}
