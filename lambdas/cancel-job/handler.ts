import { type Cancelling, cancelJob } from '../../core/jobs/cancel-job.ts';
import { toJobAnswer } from '../read-jobs/contract.ts';
import { jobsTable, multipartUploads, stateMachine } from '../shared/clients.ts';
import { httpFunction, jobIdOf, json, ownerOf } from '../shared/http-function.ts';

export function createHandler(deps: Cancelling) {
  return httpFunction(async (call) => {
    const job = await cancelJob(deps, ownerOf(call), jobIdOf(call), call.now);

    return json(200, toJobAnswer(job, await deps.jobs.getClips(job.jobId)));
  });
}

export const handler = createHandler({
  jobs: jobsTable(),
  workflow: stateMachine(),
  multipart: multipartUploads(),
});
