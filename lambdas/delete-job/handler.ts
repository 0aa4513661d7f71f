import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { deleteJob, sweepTombstones } from '../../core/jobs/delete-job.ts';
import type { Erasing } from '../../core/jobs/erase-job.ts';
import { clipsBucket, jobsTable, multipartUploads, uploadsBucket } from '../shared/clients.ts';
import { eventFunction } from '../shared/event-function.ts';
import { httpFunction, jobIdOf, noContent, ownerOf } from '../shared/http-function.ts';
import { ids } from '../shared/ids.ts';
import { count, logger } from '../shared/observability.ts';

const tick = z.object({ 'detail-type': z.literal('Scheduled Event') });

/** A call of the API, or the tick of the clock: one function for both, the only one that may delete clips. */
export function createHandler(deps: Erasing) {
  const onCall = httpFunction(async (call) => {
    await deleteJob(deps, ownerOf(call), jobIdOf(call), call.now);
    return noContent();
  });

  const onTick = eventFunction(tick, async (_, now) => {
    const { errors } = await sweepTombstones(deps, now());
    for (const { jobId, error } of errors) {
      logger.error('Not erased', { job_id: jobId, error: error as Error });
    }
    count('EraseErrors', errors.length);
  });

  return (event: Parameters<typeof onCall>[0] | z.input<typeof tick>, context: Context) =>
    'routeKey' in event ? onCall(event, context) : onTick(event, context);
}

export const handler = createHandler({
  jobs: jobsTable(),
  uploads: uploadsBucket(),
  clips: clipsBucket(),
  multipart: multipartUploads(),
  ids,
});
