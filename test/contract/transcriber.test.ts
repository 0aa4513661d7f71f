import { readFileSync } from 'node:fs';
import { TranscribeClient } from '@aws-sdk/client-transcribe';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Transcriber } from '../../core/ports/language.ts';
import type { Transcript } from '../../core/transcript/types.ts';
import { readTranscribeResult } from '../../lambdas/shared/transcribe-result.ts';
import { createTranscribeTranscriber } from '../../lambdas/shared/transcribe-transcriber.ts';
import { memoryObjectStore } from '../support/memory-object-store.ts';
import { memoryTranscriber } from '../support/memory-transcriber.ts';
import { type AwsAnswer, type AwsCall, replayAws } from '../support/replaying-aws.ts';

const recorded = readFileSync('test/support/recorded/transcribe-result.json', 'utf8');
const said: Transcript = readTranscribeResult(recorded);
const begun = {
  name: 'clipwright-0b7e-1',
  audioKey: 'work/o/0b7e/audio.flac',
  resultKey: 'work/o/0b7e/transcript-1.json',
};
const { signal } = new AbortController();

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A client of a stand-in that keeps its jobs as Amazon Transcribe does. */
async function aTranscribe(answer: (call: AwsCall) => AwsAnswer, language?: string) {
  const uploads = memoryObjectStore();
  const aws = await replayAws('http', answer);
  const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
  const client = new TranscribeClient({
    endpoint: aws.url,
    region: 'us-east-1',
    credentials,
    maxAttempts: 1,
  });
  stops.push(aws.stop);
  const settings = { uploadsBucket: 'the-uploads', language };
  return { ...aws, uploads, transcriber: createTranscribeTranscriber(client, uploads, settings) };
}

interface Service {
  transcriber: Transcriber;
  uploads: ReturnType<typeof memoryObjectStore>;
  /** Ends what was begun. */
  end(outcome: 'completed' | 'failed'): void;
  begun(): number;
}

const adapters: Record<string, () => Promise<Service>> = {
  'in memory': async () => {
    const uploads = memoryObjectStore();
    const transcriber = memoryTranscriber(uploads);
    return {
      transcriber,
      uploads,
      end: (outcome) =>
        outcome === 'completed' ? transcriber.complete(said) : transcriber.fail('Too quiet'),
      begun: () => transcriber.started.length,
    };
  },
  'on Amazon Transcribe': async () => {
    const jobs = new Map<string, any>();
    const { transcriber, uploads } = await aTranscribe(({ operation, body }) => {
      const job = jobs.get(body.TranscriptionJobName);
      if (operation === 'GetTranscriptionJob') {
        return job ? { body: { TranscriptionJob: job } } : { error: 'BadRequestException' };
      }
      if (job) return { error: 'ConflictException' };
      const { TranscriptionJobName, OutputKey } = body;
      jobs.set(TranscriptionJobName, { TranscriptionJobName, TranscriptionJobStatus: 'QUEUED', OutputKey });
      return { body: { TranscriptionJob: jobs.get(TranscriptionJobName) } };
    });
    return {
      transcriber,
      uploads,
      end(outcome) {
        for (const job of jobs.values()) {
          job.TranscriptionJobStatus = outcome.toUpperCase();
          if (outcome === 'completed') uploads.put(job.OutputKey, recorded);
          else job.FailureReason = 'Too quiet';
        }
      },
      begun: () => jobs.size,
    };
  },
};

describe.each(Object.entries(adapters))('a transcriber %s', (_name, start) => {
  it('runs what was begun, and has its words where it was told to put them', async () => {
    const { transcriber, uploads, end } = await start();

    await transcriber.start(begun);
    const before = await transcriber.stateOf(begun.name);
    end('completed');

    expect(before).toEqual({ state: 'running' });
    expect(await transcriber.stateOf(begun.name)).toEqual({ state: 'completed' });
    const result = (await uploads.head(begun.resultKey))!;
    expect(await transcriber.read(result, { signal })).toEqual(said);
  });

  it('begins one name once', async () => {
    const service = await start();

    await service.transcriber.start(begun);
    await service.transcriber.start(begun);

    expect(service.begun()).toBe(1);
  });

  it('tells why it failed', async () => {
    const { transcriber, end } = await start();
    await transcriber.start(begun);

    end('failed');

    expect(await transcriber.stateOf(begun.name)).toEqual({ state: 'failed', reason: 'Too quiet' });
  });

  it('knows nothing of what was never begun', async () => {
    const { transcriber } = await start();

    await expect(transcriber.stateOf('another')).rejects.toThrow();
  });

  it('reads only the result that was meant', async () => {
    const { transcriber, uploads, end } = await start();
    await transcriber.start(begun);
    end('completed');
    const result = (await uploads.head(begun.resultKey))!;
    uploads.put(begun.resultKey, 'another');

    await expect(transcriber.read(result, { signal })).rejects.toMatchObject({ name: 'SourceChanged' });
  });
});

describe('Amazon Transcribe', () => {
  it('is told where the audio is, of what kind, and where its result goes; the language it finds out', async () => {
    const { transcriber, calls } = await aTranscribe(() => ({}));

    await transcriber.start(begun);

    expect(calls).toEqual([
      {
        operation: 'StartTranscriptionJob',
        body: {
          TranscriptionJobName: 'clipwright-0b7e-1',
          IdentifyLanguage: true,
          MediaFormat: 'flac',
          Media: { MediaFileUri: 's3://the-uploads/work/o/0b7e/audio.flac' },
          OutputBucketName: 'the-uploads',
          OutputKey: 'work/o/0b7e/transcript-1.json',
        },
      },
    ]);
  });

  it('is told the language where that is set', async () => {
    const { transcriber, calls } = await aTranscribe(() => ({}), 'de-DE');

    await transcriber.start(begun);

    expect(calls[0]?.body).toMatchObject({ LanguageCode: 'de-DE' });
    expect(calls[0]?.body).not.toHaveProperty('IdentifyLanguage');
  });

  it.each(['LimitExceededException', 'BadRequestException', 'AccessDeniedException'])(
    'that answers %s is an error, to be tried again',
    async (error) => {
      const { transcriber } = await aTranscribe(() => ({ error }));

      await expect(transcriber.start(begun)).rejects.toMatchObject({ name: error });
    },
  );
});
