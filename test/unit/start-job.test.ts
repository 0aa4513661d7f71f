import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createJob } from '../../core/jobs/create-job.ts';
import { inboxJobId } from '../../core/jobs/inbox-file.ts';
import { type Receiving, receiveSource } from '../../core/jobs/receive-source.ts';
import { readWatermark } from '../../core/jobs/watermark.ts';
import { readPng } from '../../core/media/read-png.ts';
import { readSettings } from '../../lambdas/receive-upload/contract.ts';
import { ids } from '../../lambdas/shared/ids.ts';
import { aJob, noon } from '../support/builders.ts';
import { memoryJobStore } from '../support/memory-job-store.ts';
import { memoryObjectStore } from '../support/memory-object-store.ts';
import { memoryUsageStore } from '../support/memory-usage-store.ts';
import { memoryWorkflow } from '../support/memory-workflow.ts';
import { aPng } from '../support/pngs.ts';

function setUp() {
  const deps = {
    jobs: memoryJobStore(),
    uploads: memoryObjectStore(),
    workflow: memoryWorkflow(),
    usage: memoryUsageStore(),
    ids,
    inboxOwner: 'inbox-owner',
    readSettings,
  };
  return deps satisfies Receiving;
}

const { settings, source } = aJob();
const request = { jobId: 'job-1', sourceKey: source.key, settings };

describe('starting a job', () => {
  it('is refused on a file of the inbox that took the place of the one that the job was made for', async () => {
    const deps = setUp();
    const before = deps.uploads.put('inbox/talk.mp4', 'abcdef');
    const job = aJob({ jobId: inboxJobId(ids, before), source: { ...source, key: before.key } });
    await deps.jobs.create(job);
    deps.uploads.put(before.key, 'ghijkl');

    const creation = createJob(deps, 'alice', { ...request, ...job, sourceKey: before.key }, noon);

    await expect(creation).rejects.toMatchObject({ code: 'upload-not-found' });
    expect(deps.workflow.executions).toEqual([]);
  });

  it('starts one execution, whatever the order of ten create-jobs and three tellings of the arrival', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.boolean(), async (scheduler, autoStart) => {
        const deps = setUp();
        await deps.jobs.create(aJob({ autoStart }));
        const object = deps.uploads.put(source.key, 'abcdef');
        const slow = {
          ...deps,
          jobs: {
            ...deps.jobs,
            get: scheduler.scheduleFunction(deps.jobs.get),
            change: scheduler.scheduleFunction(deps.jobs.change),
          },
        };

        const creates = Array.from({ length: 10 }, () => createJob(slow, 'alice', request, noon));
        const arrivals = Array.from({ length: 3 }, () => receiveSource(slow, source.key, noon));
        await scheduler.waitFor(Promise.all([...creates, ...arrivals]));

        const results = await Promise.all(creates);
        expect(deps.workflow.executions).toEqual(['job-1-1']);
        expect(results.filter(({ started }) => started).length).toBeLessThanOrEqual(1);
        if (!autoStart) expect(results.filter(({ started }) => started)).toHaveLength(1);
        expect((await deps.jobs.get('job-1'))?.source.etag).toBe(object.etag);
      }),
      { numRuns: 50 },
    );
  });

  it('makes the start that was claimed and then lost in a crash', async () => {
    const deps = setUp();
    await deps.jobs.create(aJob({ status: 'pending' }));

    const { started } = await createJob(deps, 'alice', request, noon);

    expect(started).toBe(false);
    expect(deps.workflow.executions).toEqual(['job-1-1']);
  });

  it.each(['cancelled', 'expired'] as const)(
    'finds no upload where it was %s before any source came',
    async (status) => {
      const deps = setUp();
      await deps.jobs.create(aJob({ status }));

      await expect(createJob(deps, 'alice', request, noon)).rejects.toMatchObject({
        code: 'upload-not-found',
      });
    },
  );

  it('refuses other settings for a job that runs already', async () => {
    const deps = setUp();
    await deps.jobs.create(aJob({ status: 'clipping' }));

    const again = createJob(deps, 'alice', { ...request, settings: { ...settings, numSegments: 9 } }, noon);

    await expect(again).rejects.toMatchObject({ code: 'already-started' });
  });

  it('keeps the settings that came with the upload where none come with create-job', async () => {
    const deps = setUp();
    await deps.jobs.create(aJob());
    deps.uploads.put(source.key, 'abcdef');

    const first = await createJob(deps, 'alice', { ...request, settings: { maxDurationSeconds: 8 } }, noon);
    const again = await createJob(deps, 'alice', { ...request, settings: {} }, noon);

    expect(first.job.settings).toEqual({ ...settings, maxDurationSeconds: 8 });
    expect(again).toMatchObject({ started: false, job: { status: 'pending' } });
  });

  it('keeps the captions that came with it where cleanup finds them, and knows the same call again by them', async () => {
    const deps = setUp();
    await deps.jobs.create(aJob());
    deps.uploads.put(source.key, 'abcdef');
    const captions = { format: 'vtt' as const, text: 'WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n' };

    const first = await createJob(deps, 'alice', { ...request, captions }, noon);
    const again = await createJob(deps, 'alice', { ...request, captions }, noon);
    const without = await createJob(deps, 'alice', request, noon);
    const other = createJob(deps, 'alice', { ...request, captions: { ...captions, text: 'other' } }, noon);

    const { captionsFile } = first.job.settings;
    expect(await deps.uploads.head(captionsFile!.key)).toMatchObject({
      ...{ etag: captionsFile!.etag, sizeBytes: captions.text.length, contentType: 'text/vtt' },
    });
    expect(JSON.stringify(first.job)).not.toContain('Hello');
    expect([first, again, without].map(({ started }) => started)).toEqual([true, false, false]);
    await expect(other).rejects.toMatchObject({ code: 'already-started' });
    expect((await deps.uploads.head(captionsFile!.key))?.etag).toBe(captionsFile!.etag);
  });

  it('keeps the watermark that came with it beside the captions, and knows it again too', async () => {
    const deps = setUp();
    await deps.jobs.create(aJob());
    deps.uploads.put(source.key, 'abcdef');
    const watermark = readPng(aPng(3, 2));
    const settings = { watermarkPosition: 'bottom_left' } as const;

    const first = await createJob(deps, 'alice', { ...request, watermark, settings }, noon);
    const again = await createJob(deps, 'alice', { ...request, watermark }, noon);
    const other = createJob(deps, 'alice', { ...request, watermark: readPng(aPng(2, 2)) }, noon);

    const kept = first.job.settings.watermark!;
    expect(kept.key).toBe(`work/${deps.ids.ownerHash('alice')}/job-1/watermark.png`);
    expect(await deps.uploads.head(kept.key)).toMatchObject({ etag: kept.etag, contentType: 'image/png' });
    expect([first.started, again.started]).toEqual([true, false]);
    await expect(other).rejects.toMatchObject({ code: 'already-started' });
    expect(await readWatermark(deps.uploads, first.job.settings, new AbortController().signal)).toEqual({
      picture: watermark,
      position: 'bottom_left',
    });
  });

  it('refuses clips that, with the shapes of the upload, no function could render in time', async () => {
    const deps = setUp();
    const outputs = (['crop', 'blur', 'pad'] as const).map((fit) => ({ shape: 'vertical' as const, fit }));
    await deps.jobs.create(aJob({ settings: { ...settings, outputs } }));

    const start = createJob(deps, 'alice', { ...request, settings: { maxDurationSeconds: 201 } }, noon);

    await expect(start).rejects.toMatchObject({ code: 'validation-failed', errors: [{ field: 'outputs' }] });
  });

  it('refuses settings that do not fit those of the upload', async () => {
    const deps = setUp();
    await deps.jobs.create(aJob());

    const start = createJob(deps, 'alice', { ...request, settings: { minDurationSeconds: 11 } }, noon);

    await expect(start).rejects.toMatchObject({
      code: 'validation-failed',
      errors: [{ field: 'min_duration' }],
    });
  });

  it.each([
    ['a stranger', 'mallory', request, 'job-not-found'],
    ['an unknown job', 'alice', { ...request, jobId: 'job-2' }, 'job-not-found'],
    [
      'the key of another upload',
      'alice',
      { ...request, sourceKey: 'uploads/x/job-2/source.mp4' },
      'wrong-key',
    ],
    ['a source that is not there', 'alice', request, 'source-not-uploaded'],
  ])('refuses %s', async (_what, owner, asked, code) => {
    const deps = setUp();
    await deps.jobs.create(aJob());

    const refused = createJob(deps, owner, asked, noon);

    await expect(refused).rejects.toMatchObject({ name: 'Refusal', code });
    expect(deps.workflow.executions).toEqual([]);
  });

  it('refuses a source of another size than declared', async () => {
    const deps = setUp();
    await deps.jobs.create(aJob());
    deps.uploads.put(source.key, 'abc');

    await expect(createJob(deps, 'alice', request, noon)).rejects.toMatchObject({
      code: 'source-size-differs',
    });
  });
});

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
