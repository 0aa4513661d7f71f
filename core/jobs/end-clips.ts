import type { JobStore } from '../ports.ts';
import type { Job } from './job.ts';

/**
 * Ends the unfinished clips of a job that was cancelled, or failed as a whole. A function that still renders one finds
 * it taken by a later attempt: it stops and changes nothing.
 */
export async function endClips(jobs: JobStore, { jobId, attempt, status, failure }: Job): Promise<void> {
  const cancelled = { code: 'cancelled', message: 'The job was cancelled before this clip was finished.' };
  const clips = (await jobs.getClips(jobId)).filter((clip) => clip.attempt <= attempt);
  await Promise.all(
    clips.map((clip) =>
      jobs.changeClip(
        clip,
        { status: ['pending', 'rendering'], attempt: clip.attempt },
        {
          status: 'failed',
          attempt: attempt + 1,
          failure: status === 'failed' && failure ? failure : cancelled,
        },
      ),
    ),
  );
}
