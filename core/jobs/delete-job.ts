import { limits } from '../limits.ts';
import { jobNotFound, Refusal } from '../refusals.ts';
import { type Erasing, eraseJob } from './erase-job.ts';
import { endedStatuses } from './job.ts';
import { visitAll } from './visit-all.ts';

/** The function has four minutes for all of them. */
const jobsAtOnce = 10;

/**
 * Deletes an ended job with everything of it. It is gone for its owner at once; a tombstone stays until
 * `sweepTombstones` has seen that no late writer left anything behind; docs/adr/0010. Until then the same call again,
 * by who never heard the first answer, does it again and is answered the same.
 * @throws Refusal `job-not-found`, `job-running`
 */
export async function deleteJob(deps: Erasing, owner: string, jobId: string, now: string): Promise<void> {
  const job = await deps.jobs.get(jobId);
  if (job?.owner === owner) {
    const { changed, now: found } = await deps.jobs.bury(
      jobId,
      { status: endedStatuses, attempt: job.attempt },
      now,
    );
    if (!changed && found) throw new Refusal('job-running', 'The job has not ended yet: cancel it first.');
  }
  const tombstone = await deps.jobs.getBuried(jobId);
  if (tombstone?.owner !== owner) throw jobNotFound();
  await eraseJob(deps, tombstone);
}

/** Erases deleted jobs again, now that nothing can write for them any more, and forgets them. */
export async function sweepTombstones(deps: Erasing, now: string) {
  const errors: { jobId: string; error: unknown }[] = [];
  let swept = 0;
  await visitAll(deps.jobs.listBuried(), jobsAtOnce, async (tombstone) => {
    const { jobId, updatedAt: buriedAt } = tombstone;
    if (Date.parse(now) - Date.parse(buriedAt) < limits.tombstoneSeconds * 1000) return;
    try {
      await eraseJob(deps, tombstone);
      await deps.jobs.forget(jobId);
      swept += 1;
    } catch (error) {
      errors.push({ jobId, error });
    }
  });
  return { swept, errors };
}
