import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { failJob } from '../../core/jobs/fail-job.ts';
import { aJob, noon } from '../support/builders.ts';
import { Died, dyingAt } from '../support/dying.ts';
import { pendingJob } from '../support/job-deps.ts';
import { memoryMedia } from '../support/memory-media.ts';
import { asCaught, runJob, runSteps } from '../support/run-job.ts';

const run = { jobId: 'job-1', attempt: 1 };

describe('a job that goes well', () => {
  it('ends with its clips in place, and source and audio gone', async () => {
    const deps = await pendingJob();

    await runJob(deps, run);

    const job = await deps.jobs.get('job-1');
    expect(job).toMatchObject({ status: 'completed', cleanup: 'done', bytesFreed: 11 });
    expect(job?.source.deletedAt).toBe(noon);
    expect(job?.audio?.deletedAt).toBe(noon);
    expect(deps.uploads.keys()).toEqual([]);
    expect(deps.clips.keys()).toHaveLength(4);
  });

  it('renders nothing twice when it is run again from the start, and changes nothing', async () => {
    const deps = await pendingJob();
    await runJob(deps, run);
    const before = await deps.jobs.get('job-1');

    await runJob(deps, run);

    expect(await deps.jobs.get('job-1')).toEqual(before);
    expect(deps.media.renders).toBe(2);
  });

  it('keeps given segments as they are, and needs no audio for them', async () => {
    const deps = await pendingJob();
    const segments = [
      { startSeconds: 50, endSeconds: 70 },
      { startSeconds: 1, endSeconds: 4, title: 'Hello' },
    ];
    await deps.jobs.change(
      'job-1',
      { status: ['pending'], attempt: 1 },
      { settings: { ...aJob().settings, segments } },
    );

    await runJob(deps, run);

    const clips = await deps.jobs.getClips('job-1');
    expect(clips.map(({ startSeconds, endSeconds }) => [startSeconds, endSeconds])).toEqual([
      [50, 60],
      [1, 4],
    ]);
    expect(clips[1]?.title).toBe('Hello');
    expect((await deps.jobs.get('job-1'))?.audio).toBeUndefined();
  });
});

describe('a job whose functions die', () => {
  it('at any one call, and run again, ends as if nothing had happened', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 60 }), fc.boolean(), async (at, after) => {
        const deps = await pendingJob();
        // A death is no failure: the state machine runs the step again, and so does a restart.
        const deaths = await runSteps(dyingAt(deps, at, after), run).then(
          () => [],
          (error) => [error],
        );
        fc.pre(deaths.length === 1 && deaths[0] instanceof Died);

        await runSteps(deps, run);

        expect(await deps.jobs.get('job-1')).toMatchObject({ status: 'completed', cleanup: 'done' });
        expect(deps.uploads.keys()).toEqual([]);
        expect(deps.clips.keys()).toHaveLength(4);
      }),
      { numRuns: 90 },
    );
  });
});

describe('a job whose clips were recorded only in part', () => {
  it('still gets all of them, and deletes nothing before', async () => {
    const deps = await pendingJob();
    const createClips = deps.jobs.createClips;
    deps.jobs.createClips = async (clips) => {
      deps.jobs.createClips = createClips;
      await createClips(clips.slice(0, 1));
      throw new Error('throttled');
    };

    await expect(runSteps(deps, run)).rejects.toThrow('throttled');
    expect(deps.uploads.keys()).toHaveLength(2);
    await runSteps(deps, run);

    expect(await deps.jobs.getClips('job-1')).toHaveLength(2);
    expect(await deps.jobs.get('job-1')).toMatchObject({ status: 'completed', cleanup: 'done' });
  });

  it('is never completed, nor its source deleted, with a clip too few', async () => {
    const deps = await pendingJob();
    deps.jobs.createClips = async () => undefined;

    await runJob(deps, run);

    expect(await deps.jobs.get('job-1')).toMatchObject({
      status: 'failed',
      failure: { code: 'clips_failed' },
    });
    expect(deps.uploads.keys()).toHaveLength(2);
  });
});

describe('a job that fails', () => {
  it.each([
    ['a clip that cannot be rendered', 'clips_failed', /1 of 2 clips/],
    ['a source that was overwritten', 'source_changed', /replaced|changed/],
    ['a source that is gone', 'source_missing', /gone/],
  ])('by %s keeps the source and the clips that are finished', async (_what, code, message) => {
    const media = memoryMedia();
    const deps = await pendingJob(media);
    const { key } = aJob().source;
    const render = media.renderClip;
    media.renderClip = async (source, facts, range, options) => {
      if (media.renders === 1) {
        if (code === 'clips_failed') throw new Error('ffmpeg says what nobody should read');
        if (code === 'source_changed') deps.uploads.put(key, 'other!');
        if (code === 'source_missing')
          await deps.uploads.delete((await deps.uploads.head(key)) ?? { key, etag: '' });
      }
      return render(source, facts, range, options);
    };

    await runJob(deps, run);

    const job = await deps.jobs.get('job-1');
    expect(job).toMatchObject({
      status: 'failed',
      failure: { code, message: expect.stringMatching(message) },
    });
    expect(job?.failure?.message).not.toContain('ffmpeg says');
    expect(await deps.jobs.getClips('job-1')).toMatchObject([{ status: 'completed' }, { status: 'failed' }]);
    expect(deps.clips.keys()).toHaveLength(2);
    if (code !== 'source_missing') expect(deps.uploads.keys()).toContain(key);
  });

  it('tells users nothing of an error that is not theirs', async () => {
    const deps = await pendingJob();

    await failJob(deps.jobs, run, asCaught(new TypeError('secret of ours')), noon);

    const job = await deps.jobs.get('job-1');
    expect(job?.failure?.code).toBe('internal_error');
    expect(job?.failure?.message).not.toContain('secret');
  });

  it('stays as it is when an older attempt tries to fail it', async () => {
    const deps = await pendingJob();
    await deps.jobs.change('job-1', { status: ['pending'], attempt: 1 }, { attempt: 2 });

    const { failed } = await failJob(deps.jobs, run, asCaught(new Error('late')), noon);

    expect(failed).toBe(false);
    expect((await deps.jobs.get('job-1'))?.status).toBe('pending');
  });
});
