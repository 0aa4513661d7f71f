import { StaleAttempt } from '../failures.ts';
import type { JobStore } from '../ports/job-store.ts';
import { type Job, type JobStatus, runningStatuses } from './job.ts';

/** Which statuses a job may come from. `failed → pending` is a retry, with a new attempt. */
export const cameFrom = {
  awaiting_upload: [],
  pending: ['awaiting_upload', 'failed'],
  preprocessing: ['pending'],
  transcribing: ['preprocessing'],
  analyzing: ['preprocessing', 'transcribing'],
  clipping: ['analyzing'],
  completed: ['clipping'],
  failed: runningStatuses,
  cancelled: ['awaiting_upload', ...runningStatuses],
  expired: ['awaiting_upload'],
} as const satisfies Record<JobStatus, readonly JobStatus[]>;

/** The way of a job that goes well; a step that is run again may find the job further on. */
const way: readonly JobStatus[] = [...runningStatuses, 'completed'];

/** What the timeline says of each step of it. */
const begun = {
  preprocessing: 'Reading what the recording is',
  transcribing: 'Having what is said written down',
  analyzing: 'Choosing the clips',
  clipping: 'Rendering the clips',
  completed: 'Completed: every clip was seen in its place',
};

/** A run of a job: what travels through the state machine. */
export interface Run {
  jobId: string;
  attempt: number;
}

/**
 * Moves a job on to `to`, once, whoever else tries the same at the same time; answers the job as it stands.
 * A job of the same attempt that is already there, or further, is success: steps may run twice.
 * @throws StaleAttempt if the job belongs to a newer attempt by now, or has ended otherwise
 */
export async function advance(
  jobs: JobStore,
  run: Run,
  to: 'preprocessing' | 'transcribing' | 'analyzing' | 'clipping' | 'completed',
  set: Partial<Job>,
  now: string,
): Promise<Job> {
  const before = await requireRun(jobs, run);
  if (way.indexOf(before.status) >= way.indexOf(to)) return before;

  const change = await jobs.change(
    run.jobId,
    { status: cameFrom[to], attempt: run.attempt },
    { stagePercent: 0, ...set, status: to, reachedAt: { ...before.reachedAt, [to]: now }, updatedAt: now },
  );
  if (change.changed) {
    await jobs.note(run.jobId, now, begun[to]);
    return change.now;
  }

  const after = await requireRun(jobs, run);
  if (way.indexOf(after.status) >= way.indexOf(to)) return after;
  throw new StaleAttempt(`The job is ${after.status}, which can't become ${to}.`);
}

/**
 * The job, if this attempt is still the one that runs it, or has completed it.
 * @throws StaleAttempt
 */
export async function requireRun(jobs: JobStore, run: Run): Promise<Job> {
  const job = await jobs.get(run.jobId);
  if (job && job.attempt === run.attempt && way.includes(job.status)) return job;

  const found = job ? `is ${job.status}, attempt ${job.attempt}` : 'is gone';
  throw new StaleAttempt(`The job ${found}; this was attempt ${run.attempt}.`);
}

/** Stores what a step found out, in the attempt that found it. @throws StaleAttempt */
export async function record(jobs: JobStore, run: Run, set: Partial<Job>, now: string): Promise<Job> {
  const change = await jobs.change(
    run.jobId,
    { status: way, attempt: run.attempt },
    { ...set, updatedAt: now },
  );
  if (change.changed) return change.now;
  throw new StaleAttempt(`The job went on without attempt ${run.attempt}.`);
}
