import { createJob } from '../../core/jobs/create-job.ts';
import { toJobAnswer } from '../read-jobs/contract.ts';
import { jobsTable, stateMachine, uploadsBucket } from '../shared/clients.ts';
import { httpFunction, json, ownerOf } from '../shared/http-function.ts';
import { ids } from '../shared/ids.ts';
import { toSettings } from '../shared/job-settings.ts';
import { countOne } from '../shared/observability.ts';
import { parse, parseJson } from '../shared/parse.ts';
import { createJobRequest } from './contract.ts';

export function createHandler(deps: Parameters<typeof createJob>[0]) {
  return httpFunction(async (call) => {
    const body = parse(createJobRequest, parseJson(call.event.body, call.event.isBase64Encoded));

    const request = {
      jobId: body.job_id,
      sourceKey: body.s3_key,
      settings: toSettings(body),
      captions: body.captions_file,
      watermark: body.watermark,
    };
    const { job, started } = await createJob(deps, ownerOf(call), request, call.now);

    if (!started) countOne('DuplicateEvents', 'create-job');
    return json(started ? 201 : 200, toJobAnswer(job, []), { location: `/api/jobs/${job.jobId}` });
  });
}

export const handler = createHandler({
  jobs: jobsTable(),
  workflow: stateMachine(),
  uploads: uploadsBucket(),
  ids,
});
