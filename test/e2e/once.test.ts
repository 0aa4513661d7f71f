import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { Upload } from '@aws-sdk/lib-storage';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anApi } from '../support/api.ts';
import { aCloud, type TestCloud } from '../support/cloud.ts';
import { fixtures, runFfmpegHere } from '../support/media.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const newFolder = temporaryFolders();
const speech = join(fixtures, 'speech.flac');
let local: TestCloud;
let api: ReturnType<typeof anApi>;

beforeAll(async () => {
  local = await aCloud();
  api = anApi(local.cloud.apiUrl);
});
afterAll(() => local.stop());

async function executionsOf(jobId: string): Promise<string[]> {
  const [machine] = local.cloud.stack.ofType('AWS::StepFunctions::StateMachine');
  const { region, ownerKey: credentials, statesUrl: endpoint } = local.cloud;
  const states = new SFNClient({ endpoint, region, credentials });
  const { executions = [] } = await states.send(new ListExecutionsCommand({ stateMachineArn: machine?.ref }));
  return executions.map(({ name = '' }) => name).filter((name) => name.startsWith(jobId));
}

/** The job that a file in the inbox became. */
async function listed(filename: string): Promise<any> {
  for (;;) {
    const { body } = await api.get('/api/jobs');
    const job = body.jobs.find((one: any) => one.filename === filename);
    if (job) return job;
    await sleep(200);
  }
}

describe('a job is started once', () => {
  it('by ten create-jobs at once and an arrival that is told three times', async () => {
    const { job_id, s3_key } = await api.upload(speech);
    const body = { job_id, s3_key, segments: [{ start_time: 1, end_time: 3 }] };
    const arrival = {
      source: 'aws.s3',
      detailType: 'Object Created',
      resources: [],
      detail: { version: '0', bucket: { name: local.uploads }, object: { key: s3_key, sequencer: '0A' } },
    };

    const tellings = [1, 2, 3].map(() => local.cloud.emit(arrival));
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => api.post('/api/upload/create-job/', body)),
    );
    await Promise.all(tellings);
    await api.ended(job_id);

    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(9).fill(200), 201]);
    expect(await executionsOf(job_id)).toEqual([`${job_id}-1`]);
  });

  it('by dropping a file in the inbox, with settings in its metadata', async () => {
    await local.s3.send(
      new PutObjectCommand({
        Bucket: local.uploads,
        Key: 'inbox/a speech.flac',
        Body: readFileSync(speech),
        Metadata: { 'num-segments': '1', 'min-duration': '3', 'max-duration': '4' },
      }),
    );

    const job = await listed('a speech.flac');
    const status = await api.ended(job.job_id);

    expect(status).toMatchObject({ status: 'completed', progress: { total_segments: 1 } });
    expect(await executionsOf(job.job_id)).toHaveLength(1);
  });

  it("by the SDK's own uploader, which puts a large file into the inbox in parts", async () => {
    const path = join(newFolder(), 'long.mp4');
    runFfmpegHere('-stream_loop', '3', '-i', join(fixtures, 'talk.mp4'), '-c', 'copy', path);
    const upload = new Upload({
      client: local.s3,
      params: {
        Bucket: local.uploads,
        Key: 'inbox/in parts.mp4',
        Body: createReadStream(path),
        Metadata: { 'num-segments': '1', 'min-duration': '2', 'max-duration': '3' },
      },
    });

    const { ETag } = await upload.done();
    const job = await listed('in parts.mp4');
    const status = await api.ended(job.job_id);

    expect(ETag).toMatch(/-3"$/);
    expect(status).toMatchObject({ status: 'completed', progress: { total_segments: 1 } });
    expect(await executionsOf(job.job_id)).toHaveLength(1);
  });
});
