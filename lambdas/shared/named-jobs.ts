import type { Job, Tombstone } from '../../core/jobs/job.ts';
import type { JobStore } from '../../core/ports/job-store.ts';

/**
 * The jobs table, through which a function tells which job it is at: `name` gets the id of each before it is touched,
 * and nothing when a list of them has come to its end.
 */
export function namedJobs(jobs: JobStore, name: (jobId: string | undefined) => void): JobStore {
  async function* naming<T extends Job | Tombstone>(list: AsyncIterable<T>): AsyncIterable<T> {
    for await (const job of list) {
      name(job.jobId);
      yield job;
    }
    name(undefined);
  }
  return {
    ...jobs,
    create(job) {
      name(job.jobId);
      return jobs.create(job);
    },
    get(jobId) {
      name(jobId);
      return jobs.get(jobId);
    },
    change(jobId, expected, set) {
      name(jobId);
      return jobs.change(jobId, expected, set);
    },
    listOpen: () => naming(jobs.listOpen()),
    listBuried: () => naming(jobs.listBuried()),
  };
}
