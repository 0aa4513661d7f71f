import { describe, expect, it } from '@jest/globals';
import { createJob } from '../../core/jobs/create-job.ts';
import { readWatermark } from '../../core/jobs/watermark.ts';
import { readPng } from '../../core/media/picture/read-png.ts';
import { aJob, noon } from '../support/builders.ts';
import { memoryDeps } from '../support/job-deps.ts';
import { aPng } from '../support/pngs.ts';

const { settings, source } = aJob();
const request = { jobId: 'job-1', sourceKey: source.key, settings };

describe('starting a job', () => {
  it('refuses other settings for a job that runs already', async () => {
    const deps = memoryDeps();
    await deps.jobs.create(aJob({ status: 'clipping' }));

    const again = createJob(deps, 'alice', { ...request, settings: { ...settings, numSegments: 9 } }, noon);

    await expect(again).rejects.toMatchObject({ code: 'already-started' });
  });

  it('keeps the settings that came with the upload where none come with create-job', async () => {
    const deps = memoryDeps();
    await deps.jobs.create(aJob());
    deps.uploads.put(source.key, 'abcdef');

    const first = await createJob(deps, 'alice', { ...request, settings: { maxDurationSeconds: 8 } }, noon);
    const again = await createJob(deps, 'alice', { ...request, settings: {} }, noon);

    expect(first.job.settings).toEqual({ ...settings, maxDurationSeconds: 8 });
    expect(again).toMatchObject({ started: false, job: { status: 'pending' } });
  });

  it('keeps the captions that came with it where cleanup finds them, and knows the same call again by them', async () => {
    const deps = memoryDeps();
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
    const deps = memoryDeps();
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
    const deps = memoryDeps();
    const outputs = (['crop', 'blur', 'pad'] as const).map((fit) => ({ shape: 'vertical' as const, fit }));
    await deps.jobs.create(aJob({ settings: { ...settings, outputs } }));

    const start = createJob(deps, 'alice', { ...request, settings: { maxDurationSeconds: 201 } }, noon);

    await expect(start).rejects.toMatchObject({ code: 'validation-failed', errors: [{ field: 'outputs' }] });
  });

  it('refuses settings that do not fit those of the upload', async () => {
    const deps = memoryDeps();
    await deps.jobs.create(aJob());

    const start = createJob(deps, 'alice', { ...request, settings: { minDurationSeconds: 11 } }, noon);

    await expect(start).rejects.toMatchObject({
      code: 'validation-failed',
      errors: [{ field: 'min_duration' }],
    });
  });
});
