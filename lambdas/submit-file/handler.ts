import { submitFile } from '../../core/uploads/submit-file.ts';
import { toJobAnswer } from '../read-jobs/contract.ts';
import { jobsTable, quotaUsage, stateMachine, uploadsBucket } from '../shared/clients.ts';
import { httpFunction, json, ownerOf } from '../shared/http-function.ts';
import { ids } from '../shared/ids.ts';
import { parse } from '../shared/parse.ts';
import { readForm, submitForm, toSubmission } from './contract.ts';

export function createHandler(deps: Parameters<typeof submitFile>[0]) {
  return httpFunction(async (call) => {
    const submission = await toSubmission(parse(submitForm, await readForm(call)));

    const job = await submitFile(deps, ownerOf(call), submission, call.now);

    return json(201, toJobAnswer(job, []), { location: `/api/jobs/${job.jobId}` });
  });
}

export const handler = createHandler({
  jobs: jobsTable(),
  usage: quotaUsage(),
  workflow: stateMachine(),
  uploads: uploadsBucket(),
  ids,
});
