import { type Announcing, announceJob } from '../announce/announce-job.ts';
import { ClipsFailed, StaleAttempt } from '../failures.ts';
import { limits } from '../limits.ts';
import type { Ids } from '../ports/ids.ts';
import type { MultipartUploads } from '../ports/uploads.ts';
import { cleanUpJob, deleteUploads } from './clean-up-job.ts';
import { endClips } from './end-clips.ts';
import { failJob } from './fail-job.ts';
import { isSourceOf } from './inbox-file.ts';
import { type Job, runningStatuses } from './job.ts';
import { settle } from './settle.ts';
import { type Starting, startJob } from './start-job.ts';
import type { StepDeps } from './steps.ts';
import { visitAll } from './visit-all.ts';

export type Reconciling = Starting &
  Announcing &
  Pick<StepDeps, 'jobs' | 'uploads' | 'clips'> & { multipart: MultipartUploads; ids: Pick<Ids, 'jobIdOf'> };

/** What was done for a job; `left` is the usual one, `blocked` a cleanup that would not be safe. */
export type Repair = 'left' | 'expired' | 'started' | 'failed' | 'cleaned' | 'blocked' | 'announced';

/** Steps take seconds; what has not moved for this long may have been forgotten. */
const quietSeconds = 120;

/** The function has four minutes for all of them. */
const jobsAtOnce = 10;

/**
 * Looks at every job that is still open and does what a crash, a lost event or a dead execution left undone.
 * One job that can't be repaired does not keep the others from it: its error is answered beside them.
 * `oldestRunningSeconds` is how long ago the oldest running job was started, 0 where none runs.
 */
export async function reconcileJobs(deps: Reconciling, now: () => string) {
  const repairs: { jobId: string; repair: Repair }[] = [];
  const errors: { jobId: string; error: unknown }[] = [];
  let oldestRunningSeconds = 0;
  await visitAll(deps.jobs.listOpen(), jobsAtOnce, async (job) => {
    if (runningStatuses.includes(job.status)) {
      const startedAt = job.reachedAt.pending ?? job.createdAt;
      oldestRunningSeconds = Math.max(oldestRunningSeconds, ageSeconds(startedAt, now()));
    }
    try {
      if (ageSeconds(job.updatedAt, now()) < quietSeconds) return;
      const repair = await reconcileJob(deps, job, now);
      if (repair !== 'left') repairs.push({ jobId: job.jobId, repair });
    } catch (error) {
      errors.push({ jobId: job.jobId, error });
    }
  });
  return { repairs, errors, oldestRunningSeconds };
}

/** The same for one job, at once: for an execution that is known to have ended. */
export async function reconcileJob(deps: Reconciling, job: Job, now: () => string): Promise<Repair> {
  const repair = await repairJob(deps, job, now);
  if (repair === 'left' && job.announcement !== 'due') return 'left';
  const announced = await announceJob(deps, job);
  return announced && repair === 'left' ? 'announced' : repair;
}

async function repairJob(deps: Reconciling, job: Job, now: () => string): Promise<Repair> {
  switch (job.status) {
    case 'awaiting_upload':
      return reconcileUpload(deps, job, now());
    case 'pending':
    case 'preprocessing':
    case 'transcribing':
    case 'analyzing':
    case 'clipping':
      return reconcileExecution(deps, job, now());
    case 'completed':
      if (job.cleanup !== 'due' && job.cleanup !== 'deleting') return 'left';
      if ((await deps.workflow.stateOf(job)) === 'running') return 'left';
      return reconcileCleanup(deps, job, now);
    case 'cancelled':
    case 'failed':
      // What a cancel or a reconciliation that crashed, or a function that was late, left undone.
      await endClips(deps.jobs, job);
      return 'left';
    case 'expired':
      return 'left';
    default:
      return job.status satisfies never;
  }
}

/** The event of an upload may have been lost; an upload may never have come. */
async function reconcileUpload(deps: Reconciling, job: Job, now: string): Promise<Repair> {
  const object = job.autoStart ? await deps.uploads.head(job.source.key) : undefined;
  if (object && isSourceOf(deps.ids, job, object)) {
    const { started } = await startJob(deps, job, object, job.settings, now);
    return started ? 'started' : 'left';
  }

  if (ageSeconds(job.createdAt, now) < limits.uploadWindowSeconds) return 'left';
  if (job.upload) await deps.multipart.abort({ key: job.source.key, uploadId: job.upload.uploadId });
  const change = await deps.jobs.change(
    job.jobId,
    { status: ['awaiting_upload'], attempt: job.attempt },
    { status: 'expired', announcement: 'due', updatedAt: now },
  );
  if (!change.changed) return 'left';
  await deps.jobs.note(job.jobId, now, 'Expired: it was not started within a day');
  return 'expired';
}

/** A job whose start was claimed but never made is started; one whose execution is dead ends as failed. */
async function reconcileExecution(deps: Reconciling, job: Job, now: string): Promise<Repair> {
  const state = await deps.workflow.stateOf(job);
  if (state === 'running') return 'left';
  if (state === 'none') {
    await deps.workflow.start(job);
    return 'started';
  }

  // The job may have moved on between the two readings; failing it demands its status and attempt.
  const caught = { Error: state === 'timed-out' ? 'States.Timeout' : 'ExecutionEnded' };
  const { failed, failure } = await failJob(deps.jobs, job, caught, now);
  if (!failed) return 'left';
  await endClips(deps.jobs, { ...job, status: 'failed', failure });
  return 'failed';
}

/**
 * A cleanup that stopped halfway goes on. One that may not (a clip is not as it was rendered) keeps the source, until
 * the bucket's lifecycle has taken that: then there is nothing left to clean.
 */
async function reconcileCleanup(deps: Reconciling, job: Job, now: () => string): Promise<Repair> {
  try {
    await cleanUpJob(deps, job, now);
    return 'cleaned';
  } catch (error) {
    // It was deleted meanwhile.
    if (error instanceof StaleAttempt) return 'left';
    if (!(error instanceof ClipsFailed)) throw error;
  }

  if (await deps.uploads.head(job.source.key)) return 'blocked';
  if (job.cleanup === 'deleting') {
    // It had deleted the source before that clip was lost: nothing needs what was made of it any more.
    await deleteUploads(deps, job, now);
    return 'cleaned';
  }
  const isDue = ({ cleanup }: Job) => cleanup === 'due';
  if (!(await settle(deps.jobs, job, isDue, { cleanup: 'done', updatedAt: now() }))) return 'left';
  await deps.jobs.note(job.jobId, now(), 'The source is gone: it was kept until it expired');
  return 'cleaned';
}

function ageSeconds(since: string, now: string): number {
  return (Date.parse(now) - Date.parse(since)) / 1000;
}
