import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { anApi } from '../support/api.ts';
import { assemblyWithout } from '../support/assembly.ts';
import { aCloud } from '../support/cloud.ts';
import { eventually } from '../support/eventually.ts';
import { firstHalfOf, fixtures } from '../support/media.ts';
import { anUploadInParts } from '../support/send-parts.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';
import { aWebhookReceiver } from '../support/webhook-receiver.ts';

const talk = join(fixtures, 'talk.mp4');
const speech = join(fixtures, 'speech.flac');
const newFolder = temporaryFolders();
const oneClip = { segments: [{ start_time: 1, end_time: 3 }] };
const words = { captions_file: { format: 'vtt', text: 'WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n' } };
const wordsAsText = JSON.stringify(words.captions_file);

/** Grants that none of the stories here needs: what each is for. */
const forBadDays: Record<string, string> = {
  'logs:': 'the runtime writes the logs of functions, Step Functions its own',
  'sqs:': 'Lambda sends away the events that failed every time',
  's3:ListBucket': 'an object that should be there is told from one that may not be seen',
  'failwebhook ': 'a webhook is given up after hours; a story of its own holds it',
  'reconcilejobs ': 'reconciliation does what others left undone; a story of its own holds it',
  'presignupload dynamodb:GetItem': 'to see what an owner uses, when a quota is in the way',
  'submitfile dynamodb:GetItem': 'to see who was faster, when a condition fails',
  'deletejob dynamodb:Query': 'the sweep of what was deleted, each hour',
  'failclip dynamodb:GetItem': 'to see who was faster, when a condition fails',
  'PageDeployment ': 'CloudFormation puts the page into its bucket; here the local cloud does',
  'failjob dynamodb:GetItem': 'to see who was faster, when a condition fails',
};

describe('the grants', () => {
  it('are each needed by the stories of every day, so that taking any away would break one', async () => {
    const { cloud, stop } = await aCloud();
    try {
      const api = anApi(cloud.apiUrl);
      const chosen = await api.start(talk, { num_segments: 1, min_duration: 2, max_duration: 3, ...words });
      await api.ended(chosen);
      await api.clips(chosen, newFolder());
      await api.get('/api/jobs');
      const arrived = await api.upload(talk, { auto_start: true, ...oneClip, ...words });
      await api.ended(arrived.job_id);
      const segments = [1, 35].map((start_time) => ({ start_time, end_time: start_time + 3 }));
      const failing = await api.start(firstHalfOf(talk, newFolder()), { segments });
      const tooShort = await api.start(speech, { min_duration: 30 });
      for (const jobId of [failing, tooShort]) {
        await api.ended(jobId);
        await api.post(`/api/jobs/${jobId}/retry`);
        await api.ended(jobId);
      }
      const parted = await api.post('/api/upload/multipart/initiate', {
        filename: 'a.mp4',
        file_size: 6e6,
        ...words,
      });
      await api.post(`/api/jobs/${parted.body.job_id}/cancel`);
      for (const jobId of [failing, parted.body.job_id]) await api.delete(`/api/jobs/${jobId}`);
      await api.submit(speech, { segments: JSON.stringify(oneClip.segments), captions_file: wordsAsText });
      await sendInParts(api);
      await sendAsUppy(api);
      await callWebhook(api);

      const unused = cloud.usage().flatMap(({ roleArn, actionsUnused }) => {
        const role = /role\/Clipwright-(?:Pipeline)?(.*?)Role/.exec(roleArn)?.[1];
        return actionsUnused.map((action) => `${role} ${action}`);
      });
      const excused = (grant: string) => Object.keys(forBadDays).some((known) => grant.includes(known));
      expect(unused.filter((grant) => !excused(grant))).toEqual([]);
      expect(unused).not.toHaveLength(0);
    } finally {
      await stop();
    }
  });

  it.each([
    ['presignupload', 'dynamodb:PutItem'],
    ['createjob', 'states:StartExecution'],
    ['probesource', 's3:GetObject'],
    ['WorkflowStateMachine', 'lambda:InvokeFunction'],
  ])('without that of %s for %s the job comes to nothing, with AccessDenied', async (role, action) => {
    const assemblyDir = await assemblyWithout(role, action, newFolder());
    const { cloud, logs, dataDir, stop } = await aCloud({ assemblyDir });
    try {
      const api = anApi(cloud.apiUrl);

      const outcome = await api.start(talk, oneClip).then(
        async (jobId) => (await api.ended(jobId)).status,
        (error) => JSON.parse(error.message).code,
      );

      expect(['failed', 'internal-error']).toContain(outcome);
      expect(everythingSaid(dataDir, logs)).toContain(`is not authorized to perform: ${action}`);
    } finally {
      await stop();
    }
  });
});

async function callWebhook(api: ReturnType<typeof anApi>): Promise<void> {
  const rotated = await api.post('/api/webhook-secret/rotate');
  const receiver = await aWebhookReceiver(204);
  const { job_id } = await api.submit(speech, { min_duration: '60', webhook_url: receiver.url });
  await eventually(async () => {
    const { body } = await api.get(`/api/jobs/${job_id}/timeline`);
    return body.timeline.at(-1).text === 'Webhook delivered';
  });
  await receiver.stop();

  expect(rotated.status).toBe(200);
}

/** One upload is finished and asked about once more, another one given up. */
async function sendInParts(api: ReturnType<typeof anApi>): Promise<void> {
  const upload = await anUploadInParts(api, readFileSync(talk));
  const parts = await upload.send(1);
  await upload.call('parts');
  const completed = await upload.call('complete', { parts });
  const again = await upload.call('complete', { parts });
  const aborted = await (await anUploadInParts(api, readFileSync(talk))).call('abort');

  expect([completed.status, again.status, aborted.status]).toEqual([200, 200, 204]);
}

/** The same by the routes for Uppy. */
async function sendAsUppy(api: ReturnType<typeof anApi>): Promise<void> {
  const content = readFileSync(talk);
  const begin = async () => {
    const metadata = { file_size: content.length, auto_start: false, captions_file: wordsAsText };
    const { body } = await api.post('/api/uppy/s3/multipart', { filename: 'talk.mp4', metadata });
    const query = new URLSearchParams({ key: body.key });
    return (step = '') => `/api/uppy/s3/multipart/${body.uploadId}${step}?${query}`;
  };
  const path = await begin();
  const { body: signed } = await api.get(path('/1'));
  await fetch(signed.url, { method: 'PUT', body: new Uint8Array(content) });
  const { body: sent } = await api.get(path());
  const parts = sent.map(({ PartNumber, ETag }: any) => ({ PartNumber, ETag }));
  const completed = await api.post(path('/complete'), { parts });
  const again = await api.post(path('/complete'), { parts });
  const aborted = await api.delete((await begin())());

  expect([completed.status, again.status, aborted.status]).toEqual([200, 200, 200]);
}

/** The logs of the cloud, of its functions and executions. */
function everythingSaid(dataDir: string, logs: string[]): string {
  const kept = ['logs', 'states'].flatMap((folder) =>
    readdirSync(join(dataDir, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')),
  );
  return [...logs, ...kept].join('\n');
}
