import type { Changes, JobStore } from '../ports/job-store.ts';
import type { Job } from './job.ts';

/**
 * Writes that something is done which was due after a job's end, if it is still due. Whether the job is then still
 * open is up to all that is due: so the rest is expected as it was seen, and looked at again where it went on meanwhile.
 */
export async function settle(
  jobs: JobStore,
  seen: Job,
  isDue: (job: Job) => boolean,
  set: Changes<Job>,
): Promise<boolean> {
  if (!isDue(seen)) return false;

  const { status, attempt, cleanup, announcement } = seen;
  const change = await jobs.change(
    seen.jobId,
    { status: [status], attempt, cleanup: [cleanup], announcement: announcement && [announcement] },
    set,
  );
  if (change.changed) return true;

  const { now } = change;
  if (!now || now.attempt !== attempt || now.status !== status) return false;
  return settle(jobs, now, isDue, set);
}
