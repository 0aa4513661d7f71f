import { join } from 'node:path';
import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anApi } from '../support/api.ts';
import { aCloud, type TestCloud } from '../support/cloud.ts';
import { fixtures } from '../support/media.ts';
import { type AwsAnswer, replayAws } from '../support/replaying-aws.ts';
import { anAnswer, someSentences, spokenWords } from '../support/transcripts.ts';

const talk = join(fixtures, 'talk.mp4');
const asked = { num_segments: 1, min_duration: 5, max_duration: 15 };
const settings = { transcript: 'on' };

/** As Amazon Transcribe writes it. */
function transcribeResult() {
  const items = spokenWords(someSentences(8)).map(({ text, startSeconds, endSeconds }) => ({
    type: 'pronunciation',
    start_time: String(startSeconds),
    end_time: String(endSeconds),
    alternatives: [{ confidence: '0.99', content: text }],
  }));
  return JSON.stringify({ results: { language_code: 'en-US', items } });
}

/** A cloud that transcribes, with stand-ins for the services that do. */
async function aTranscribingCloud() {
  let local: TestCloud | undefined;
  const put = (Key: string, text: string) => {
    const Body = Buffer.from(text);
    return local!.s3.send(
      new PutObjectCommand({ Bucket: local!.uploads, Key, Body, ContentLength: Body.length }),
    );
  };
  const transcribe = await replayAws('http', async ({ operation, body }) => {
    if (operation === 'StartTranscriptionJob') {
      await put(body.OutputKey, transcribeResult());
      await put(body.OutputKey.replace(/[^/]*$/, '.write_access_check_file.temp'), '');
    }
    return { body: { TranscriptionJob: { TranscriptionJobStatus: 'COMPLETED' } } };
  });
  const model = { answer: (): AwsAnswer => ({ body: converseAnswer }) };
  const bedrock = await replayAws('http2', () => model.answer());
  const endpoints = {
    AWS_ENDPOINT_URL_TRANSCRIBE: transcribe.url,
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock.url,
  };
  local = await aCloud({ settings, endpoints });
  return {
    ...local,
    ...{ transcribe, bedrock, model },
    async stop() {
      for (const stop of [local!.stop, bedrock.stop, transcribe.stop]) await stop();
    },
  };
}

const toolUse = { toolUseId: 'tooluse_1', name: 'choose_moments', input: anAnswer([3, 4, 90]) };
const converseAnswer = {
  output: { message: { role: 'assistant', content: [{ toolUse }] } },
  stopReason: 'tool_use',
  usage: { inputTokens: 1200, outputTokens: 90, totalTokens: 1290 },
};

describe('a stack that transcribes', () => {
  let local: Awaited<ReturnType<typeof aTranscribingCloud>>;
  // With an assembly of its own, which has to be synthesized where nobody has run this before.
  beforeAll(async () => {
    local = await aTranscribingCloud();
  }, 600_000);
  afterAll(() => local.stop());

  it('makes the clips that the model chose, with captions, and leaves nothing else behind', async () => {
    const { cloud, s3, uploads, transcribe, bedrock } = local;
    const api = anApi(cloud.apiUrl);

    const jobId = await api.start(talk, { ...asked, captions: 'sidecar' });
    const ended = await api.ended(jobId);

    expect(ended).toMatchObject({ status: 'completed', segments: [{ title: 'From 3', score: 0.9 }] });
    const { body: job } = await api.get(`/api/jobs/${jobId}`);
    expect(job).toMatchObject({ notes: [], language_model: { input_tokens: 1200, output_tokens: 90 } });
    expect(job.transcribed_seconds).toBeCloseTo(42.5, 0);
    expect(job.stages.map(({ name }: any) => name)).toContain('transcribing');
    const { body: clips } = await api.get(`/api/jobs/${jobId}/clips`);
    const { url } = clips.clips[0].files.find(({ format }: any) => format === 'vtt');
    expect(await (await fetch(url)).text()).toContain('This is what was said as number 3.');

    expect(transcribe.calls[0]?.body).toMatchObject({ OutputBucketName: uploads, MediaFormat: 'flac' });
    expect(bedrock.calls).toHaveLength(1);
    const { Contents: left = [] } = await s3.send(new ListObjectsV2Command({ Bucket: uploads }));
    expect(left.map(({ Key }) => Key)).toEqual([]);
  });

  it('whose model may not be asked makes the clips by the sound, and says so', async () => {
    local.model.answer = () => ({ status: 403, error: 'AccessDeniedException' });
    const api = anApi(local.cloud.apiUrl);

    const jobId = await api.start(talk, asked);

    expect((await api.ended(jobId)).status).toBe('completed');
    const { body: job } = await api.get(`/api/jobs/${jobId}`);
    expect(job.notes.join()).toMatch(/no answer that could be used.*chosen by how they sound/);
  });
});

describe('a stack that transcribes, where there is neither service', () => {
  it('makes the clips by the sound, and says so', async () => {
    const { cloud, stop } = await aCloud({ settings });
    try {
      const api = anApi(cloud.apiUrl);

      const jobId = await api.start(talk, { ...asked, custom_instructions: 'Only prices' });

      expect((await api.ended(jobId)).status).toBe('completed');
      const { body: job } = await api.get(`/api/jobs/${jobId}`);
      expect(job.notes.join()).toMatch(/could not be written down.*custom_instructions were not followed/);
      expect(job.stages.map(({ name }: any) => name)).not.toContain('transcribing');
    } finally {
      await stop();
    }
  });
});
