import { describe, expect, it } from '@jest/globals';
import { createJob } from '../../core/jobs/create-job.ts';
import { type Receiving, receiveSource } from '../../core/jobs/receive-source.ts';
import { readSettings } from '../../lambdas/receive-upload/contract.ts';
import { aJob, noon } from '../support/builders.ts';
import { memoryDeps } from '../support/job-deps.ts';

const setUp = () => ({ ...memoryDeps(), inboxOwner: 'inbox-owner', readSettings }) satisfies Receiving;
const { settings, source } = aJob();
const request = { jobId: 'job-1', sourceKey: source.key, settings };

describe('an arrival', () => {
  it('only marks the source of a job that waits for create-job', async () => {
    const deps = setUp();
    await deps.jobs.create(aJob());
    deps.uploads.put(source.key, 'abcdef');

    const outcome = await receiveSource(deps, source.key, noon);

    expect(outcome).toBe('arrived');
    expect((await deps.jobs.get('job-1'))?.source.arrivedAt).toBe(noon);
    expect(deps.workflow.executions).toEqual([]);
  });

  it('is told before the start that it made possible, though it is heard of later', async () => {
    const deps = setUp();
    await deps.jobs.create(aJob());
    deps.uploads.put(source.key, 'abcdef');
    const change = deps.jobs.change;
    // The arrival is marked while create-job, which began before, is about to claim the job.
    deps.jobs.change = async (...args) => {
      deps.jobs.change = change;
      await receiveSource(deps, source.key, '2026-01-01T12:00:01.100Z', '2026-01-01T12:00:00.000Z');
      return change(...args);
    };

    await createJob(deps, 'alice', request, '2026-01-01T12:00:01.000Z');

    expect((await deps.jobs.timeline('job-1', 9)).map(({ text }) => text)).toEqual([
      'The source arrived',
      expect.stringContaining('Started'),
    ]);
  });

  it('in the inbox becomes one job, however often it is told, with settings from its metadata', async () => {
    const deps = setUp();
    deps.uploads.put('inbox/my talk.mp4', 'abcdef', { metadata: { 'num-segments': '3' } });
    for (const _ of [1, 2, 3]) await receiveSource(deps, 'inbox/my talk.mp4', noon);

    const { jobs } = await deps.jobs.listByOwner('inbox-owner', { limit: 10 });
    expect(jobs).toHaveLength(1);
    expect(jobs[0]).toMatchObject({ source: { filename: 'my talk.mp4' }, settings: { numSegments: 3 } });
    expect(deps.workflow.executions).toHaveLength(1);
  });

  it('in the inbox under the same name, written anew, is another job', async () => {
    const deps = setUp();

    for (const _ of [1, 2]) {
      deps.uploads.put('inbox/talk.mp4', 'abcdef');
      await receiveSource(deps, 'inbox/talk.mp4', noon);
    }

    expect(deps.workflow.executions).toHaveLength(2);
  });

  it('in the inbox, overwritten while it is received, is not taken for the other that took its name', async () => {
    const deps = setUp();
    const first = deps.uploads.put('inbox/talk.mp4', 'first!');
    const create = deps.jobs.create;
    deps.jobs.create = async (job) => {
      deps.uploads.put('inbox/talk.mp4', 'second');
      return create(job);
    };

    await receiveSource(deps, 'inbox/talk.mp4', noon);

    const { jobs } = await deps.jobs.listByOwner('inbox-owner', { limit: 10 });
    expect(jobs.map(({ source }) => source.etag)).toEqual([first.etag]);
  });

  it('in the inbox that is told late, when it was overwritten already, is one job with the other', async () => {
    const deps = setUp();
    deps.uploads.put('inbox/talk.mp4', 'first');
    deps.uploads.put('inbox/talk.mp4', 'second');

    for (const _ of [1, 2]) await receiveSource(deps, 'inbox/talk.mp4', noon);

    expect(deps.workflow.executions).toHaveLength(1);
  });

  it('in the inbox means nothing where it is not set whose it is', async () => {
    const deps = { ...setUp(), inboxOwner: undefined };
    deps.uploads.put('inbox/talk.mp4', 'abcdef');

    expect(await receiveSource(deps, 'inbox/talk.mp4', noon)).toBe('ignored');
  });

  it('in the inbox may ask for shapes, captions and loudness too', () => {
    const { settings: read, notes } = readSettings({
      outputs: '[{"shape":"vertical","fit":"crop"}]',
      ...{ captions: 'burn', 'normalize-loudness': 'false' },
    });

    expect(notes).toEqual([]);
    expect(read).toMatchObject({
      outputs: [{ shape: 'vertical', fit: 'crop' }],
      ...{ captions: 'burn', normalizeLoudness: false },
    });
    expect(readSettings({ outputs: 'vertical' }).notes.join()).toContain('x-amz-meta-outputs');
    expect(readSettings({ 'webhook-url': 'https://example.com/a' }).settings.webhookUrl).toBe(
      'https://example.com/a',
    );
    expect(readSettings({ 'webhook-url': 'http://example.com/' }).notes.join()).toContain(
      'x-amz-meta-webhook-url',
    );
  });

  it('in the inbox with settings that cannot be used gets the defaults and a note', () => {
    const { settings: read, notes } = readSettings({ 'num-segments': 'many' });

    expect(read.numSegments).toBe(5);
    expect(notes.join()).toContain('x-amz-meta-num-segments');
  });

  it.each(['work/hash/job-1/audio.flac', 'inbox/', 'other', 'uploads/hash/job-9/source.mp4'])(
    'under %s means nothing',
    async (key) => {
      const deps = setUp();

      expect(await receiveSource(deps, key, noon)).toBe('ignored');
      expect(deps.workflow.executions).toEqual([]);
    },
  );
});
