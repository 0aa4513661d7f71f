import * as z from 'zod';
import {
  type Reconciling,
  type Repair,
  reconcileJob,
  reconcileJobs,
} from '../../core/jobs/reconcile-jobs.ts';
import {
  announcements,
  clipsBucket,
  jobsTable,
  multipartUploads,
  stateMachine,
  uploadsBucket,
} from '../shared/clients.ts';
import { eventFunction } from '../shared/event-function.ts';
import { ids } from '../shared/ids.ts';
import { count, countOne, logger } from '../shared/observability.ts';

/** The schedule's tick, or the end of an execution, whose input names the job. */
const occasion = z.union([
  z.object({
    'detail-type': z.literal('Step Functions Execution Status Change'),
    detail: z.object({
      input: z.string().transform((text) => z.object({ job_id: z.string() }).parse(JSON.parse(text))),
    }),
  }),
  z.object({ 'detail-type': z.literal('Scheduled Event') }).transform(() => ({ detail: undefined })),
]);

export function createHandler(deps: Reconciling) {
  return eventFunction(occasion, async ({ detail }, now) => {
    if (detail) {
      const job = await deps.jobs.get(detail.input.job_id);
      if (job) countRepair(await reconcileJob(deps, job, now));
      return;
    }

    const { repairs, errors, oldestRunningSeconds } = await reconcileJobs(deps, now);
    for (const { jobId, repair } of repairs) {
      logger.info('Reconciled', { job_id: jobId, repair });
      countRepair(repair);
    }
    for (const { jobId, error } of errors)
      logger.error('Not reconciled', { job_id: jobId, error: error as Error });
    count('CleanupBlocked', repairs.filter(({ repair }) => repair === 'blocked').length);
    count('ReconcileErrors', errors.length);
    count('OldestRunningJob', oldestRunningSeconds);
  });
}

/**
 * A cleanup that is blocked is so at every tick: how many are is counted, not how often that is seen. And it is the usual
 * way of what was cancelled or expired to be announced here.
 */
function countRepair(repair: Repair): void {
  if (repair !== 'left' && repair !== 'announced' && repair !== 'blocked')
    countOne('ReconcileRepairs', repair);
}

export const handler = createHandler({
  jobs: jobsTable(),
  workflow: stateMachine(),
  uploads: uploadsBucket(),
  clips: clipsBucket(),
  multipart: multipartUploads(),
  announcements: announcements(),
  ids,
});
