import type { Job } from '../../core/jobs/job.ts';
import type { Changes, JobStore } from '../../core/ports/job-store.ts';
import type { Meter } from './meter.ts';

/**
 * The jobs table, into which each step writes what it took along with what it found out, in the same conditional update.
 * So the run that counts is the one that is billed to the job; tries that failed are not. docs/adr/0021.
 */
export function meteredJobs(jobs: JobStore, { taken }: Pick<Meter, 'taken'>): JobStore {
  return {
    ...jobs,
    change: (jobId, expected, set) => jobs.change(jobId, expected, withStepUse(set, taken)),
    changeClip: (clip, expected, set) =>
      jobs.changeClip(clip, expected, set.status === 'completed' ? { ...set, renderUse: taken() } : set),
  };
}

/** Each step is known by what it alone finds out. */
function withStepUse(set: Changes<Job>, taken: Meter['taken']): Changes<Job> {
  if (set.facts) return { ...set, probeUse: taken() };
  if (set.audioBytesRead !== undefined) return { ...set, audioUse: taken() };
  if (set.transcribedSeconds !== undefined) return { ...set, transcribeUse: taken() };
  if (set.segments) return { ...set, selectUse: taken() };
  if (set.status === 'completed') return { ...set, finishUse: taken() };
  if (set.cleanup === 'done') return { ...set, cleanUpUse: taken() };
  return set;
}
