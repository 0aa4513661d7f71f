import { cleanUpJob } from '../../core/jobs/clean-up-job.ts';
import { clipsBucket, jobsTable, uploadsBucket } from '../shared/clients.ts';
import { countBytes } from '../shared/observability.ts';
import { runSchema, stepFunction } from '../shared/step-function.ts';

export function createHandler(deps: Parameters<typeof cleanUpJob>[0]) {
  return stepFunction(runSchema, async (run, { now }) => {
    const { bytesFreed } = await cleanUpJob(deps, run, now);
    countBytes('BytesFreed', bytesFreed);
  });
}

export const handler = createHandler({ jobs: jobsTable(), uploads: uploadsBucket(), clips: clipsBucket() });
