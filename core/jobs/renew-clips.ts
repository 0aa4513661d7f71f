import { StaleAttempt } from '../failures.ts';
import type { JobStore } from '../ports/job-store.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { Run } from './advance.ts';
import type { Clip } from './job.ts';
import { isThere } from './verify-clips.ts';

/**
 * Hands the clips that earlier attempts left unfinished to this one: from here on those can't change them any more.
 * Finished ones stay as they are, unless their object is gone. Answers all clips of the job.
 * @throws StaleAttempt
 */
export async function renewClips(deps: { jobs: JobStore; clips: ObjectStore }, run: Run): Promise<Clip[]> {
  const clips = await deps.jobs.getClips(run.jobId);
  return Promise.all(clips.map((clip) => renew(deps, run, clip)));
}

async function renew(deps: { jobs: JobStore; clips: ObjectStore }, run: Run, clip: Clip): Promise<Clip> {
  if (clip.attempt > run.attempt)
    throw new StaleAttempt(`Clip ${clip.clipNumber} is of attempt ${clip.attempt}.`);
  if (clip.attempt === run.attempt || (await isThere(deps.clips, clip))) return clip;

  const change = await deps.jobs.changeClip(
    clip,
    { status: [clip.status], attempt: clip.attempt },
    { status: 'pending', attempt: run.attempt, renderedPercent: 0, failure: null, completedAt: null },
  );
  if (change.changed) return change.now;
  if (!change.now) throw new StaleAttempt(`Clip ${clip.clipNumber} is gone.`);
  // An earlier attempt finished it at this very moment, or failed at it.
  return renew(deps, run, change.now);
}
