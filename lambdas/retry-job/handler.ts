import { retryJob } from '../../core/jobs/retry-job.ts';
import { toJobAnswer } from '../read-jobs/contract.ts';
import { jobsTable, quotaUsage, stateMachine, uploadsBucket } from '../shared/clients.ts';
import { httpFunction, jobIdOf, json, ownerOf } from '../shared/http-function.ts';

export function createHandler(deps: Parameters<typeof retryJob>[0]) {
  return httpFunction(async (call) => {
    const job = await retryJob(deps, ownerOf(call), jobIdOf(call), call.now);

    return json(200, toJobAnswer(job, await deps.jobs.getClips(job.jobId)));
  });
}

export const handler = createHandler({
  jobs: jobsTable(),
  usage: quotaUsage(),
  workflow: stateMachine(),
  uploads: uploadsBucket(),
});
