import { finishJob } from '../../core/jobs/finish-job.ts';
import { clipsBucket, jobsTable } from '../shared/clients.ts';
import { runSchema, stepFunction } from '../shared/step-function.ts';

export function createHandler(deps: Parameters<typeof finishJob>[0]) {
  return stepFunction(runSchema, async (run, { now }) => {
    await finishJob(deps, run, now());
  });
}

export const handler = createHandler({ jobs: jobsTable(), clips: clipsBucket() });
