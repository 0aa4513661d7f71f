import { cleanUpJob } from '../../core/jobs/clean-up-job.ts';
import { clipsBucket, jobsTable, uploadsBucket } from '../shared/clients.ts';
import { runSchema, stepFunction } from '../shared/step-function.ts';

export function createHandler(deps: Parameters<typeof cleanUpJob>[0]) {
  return stepFunction(runSchema, async (run, { now }) => {
    await cleanUpJob(deps, run, now);
  });
}

export const handler = createHandler({ jobs: jobsTable(), uploads: uploadsBucket(), clips: clipsBucket() });
