import { limits } from '../limits.ts';
import { jobNotFound, Refusal } from '../refusals.ts';
import { type Erasing, eraseJob } from './erase-job.ts';
import { endedStatuses } from './job.ts';
import { ownJob } from './own-job.ts';

/**
 * Deletes an ended job with everything of it. It is gone for its owner at once; a tombstone stays until
 * `sweepTombstones` has seen that no late writer left anything behind; docs/adr/0010.
 * @throws Refusal `job-not-found`, `job-running`
 */
export async function deleteJob(deps: Erasing, owner: string, jobId: string, now: string): Promise<void> {
  const job = await ownJob(deps.jobs, owner, jobId);
  const burial = await deps.jobs.bury(jobId, { status: endedStatuses, attempt: job.attempt }, now);
  if (!burial.changed) {
    if (!burial.now) throw jobNotFound();
    throw new Refusal('job-running', 'The job has not ended yet: cancel it first.');
  }
  await eraseJob(deps, burial.now);
}

/** Erases deleted jobs again, now that nothing can write for them any more, and forgets them. */
export async function sweepTombstones(deps: Erasing, now: string) {
  const errors: { jobId: string; error: unknown }[] = [];
  let swept = 0;
  for await (const tombstone of deps.jobs.listBuried()) {
    const { jobId, updatedAt: buriedAt } = tombstone;
    if (Date.parse(now) - Date.parse(buriedAt) < limits.tombstoneSeconds * 1000) continue;
    try {
      await eraseJob(deps, tombstone);
      await deps.jobs.forget(jobId);
      swept += 1;
    } catch (error) {
      errors.push({ jobId, error });
    }
  }
  return { swept, errors };
}
