import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { failJob } from '../../core/jobs/fail-job.ts';
import { reconcileJobs } from '../../core/jobs/reconcile-jobs.ts';
import { renderClip } from '../../core/jobs/render-clip.ts';
import { canRetry, retryJob } from '../../core/jobs/retry-job.ts';
import { aJob, noon } from '../support/builders.ts';
import { Died, dyingAt } from '../support/dying.ts';
import { startedJob } from '../support/job-deps.ts';
import { asCaught, runJob } from '../support/run-job.ts';

const first = { jobId: 'job-1', attempt: 1 };
const second = { jobId: 'job-1', attempt: 2 };
const later = () => '2026-01-01T12:10:00.000Z';

/** A job whose second clip could not be rendered, until `mend` was called. */
async function halfFailed() {
  const deps = await startedJob();
  const { media } = deps;
  const render = media.renderClip;
  let broken = true;
  media.renderClip = (...args) => (broken && media.renders === 1 ? fail() : render(...args));
  await runJob(deps, first);
  deps.workflow.ended.set('job-1-1', 'failed');
  const mend = () => {
    broken = false;
  };
  return { ...deps, mend };
}

const fail = async () => Promise.reject(new Error('no'));
const retry = (deps: Awaited<ReturnType<typeof halfFailed>>) => retryJob(deps, 'alice', 'job-1', noon);

describe('a retry', () => {
  it('starts the next attempt, without the failure of the one before', async () => {
    const deps = await halfFailed();

    const job = await retry(deps);

    expect(job).toMatchObject({ status: 'pending', attempt: 2, reachedAt: { pending: noon } });
    expect(job.failure).toBeUndefined();
    expect(deps.workflow.executions).toEqual(['job-1-1', 'job-1-2']);
  });

  it('renders only the clip that failed, and completes the job', async () => {
    const deps = await halfFailed();
    deps.mend();
    const [finished] = await deps.jobs.getClips('job-1');

    await retry(deps);
    await runJob(deps, second);

    const clips = await deps.jobs.getClips('job-1');
    expect(await deps.jobs.get('job-1')).toMatchObject({ status: 'completed', cleanup: 'done', attempt: 2 });
    expect(deps.media.renders).toBe(2);
    expect(clips[0]).toEqual(finished);
    expect(clips[1]).toMatchObject({ status: 'completed', attempt: 2 });
    expect(clips[1]?.failure).toBeUndefined();
  });

  it('renders a finished clip again whose object is gone', async () => {
    const deps = await halfFailed();
    deps.mend();
    const [finished] = await deps.jobs.getClips('job-1');
    await deps.clips.delete((await deps.clips.head(finished?.key ?? '')) ?? { key: '', etag: '' });

    await retry(deps);
    await runJob(deps, second);

    expect(await deps.jobs.get('job-1')).toMatchObject({ status: 'completed' });
    expect(deps.media.renders).toBe(3);
  });

  it('takes the sound out again where it is needed and gone', async () => {
    const deps = await halfFailed();
    deps.mend();
    const { audio } = (await deps.jobs.get('job-1')) ?? {};
    await deps.jobs.change('job-1', { status: ['failed'], attempt: 1 }, { segments: null });
    await deps.uploads.delete(audio ?? { key: '', etag: '' });

    await retry(deps);
    await runJob(deps, second);

    expect(await deps.jobs.get('job-1')).toMatchObject({ status: 'completed' });
  });

  it('is not disturbed by a function of the attempt before', async () => {
    const deps = await halfFailed();
    const render = deps.media.renderClip;
    deps.mend();
    const late: Promise<unknown>[] = [];
    deps.media.renderClip = async (...args) => {
      const room = { folder: args[3].folder, signal: args[3].signal, now: () => noon };
      late.push(renderClip(deps, { ...first, clipNumber: 2 }, room).catch(({ name }) => name));
      late.push(failJob(deps.jobs, first, asCaught(new Error('late')), noon));
      return render(...args);
    };

    await retry(deps);
    await runJob(deps, second);

    expect(await Promise.all(late)).toMatchObject(['StaleAttempt', { failed: false }]);
    expect(await deps.jobs.get('job-1')).toMatchObject({ status: 'completed', attempt: 2 });
  });

  it('asked for again while that attempt runs is answered the same', async () => {
    const deps = await halfFailed();
    await retry(deps);
    await deps.jobs.change('job-1', { status: ['pending'], attempt: 2 }, { status: 'preprocessing' });

    const again = await retry(deps);

    expect(again).toMatchObject({ status: 'preprocessing', attempt: 2 });
    expect(deps.workflow.executions).toEqual(['job-1-1', 'job-1-2']);
  });

  it('that dies at any call is made by reconciliation or can be asked for again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.boolean(), async (at, after) => {
        const deps = await halfFailed();

        const outcome = await retryJob(dyingAt(deps, at, after), 'alice', 'job-1', noon).catch(
          (error) => error,
        );
        fc.pre(outcome instanceof Died);
        await reconcileJobs(deps, later);
        if ((await deps.jobs.get('job-1'))?.status === 'failed') await retry(deps);

        expect(await deps.jobs.get('job-1')).toMatchObject({ status: 'pending', attempt: 2 });
        expect(deps.workflow.executions).toEqual(['job-1-1', 'job-1-2']);
      }),
      { numRuns: 20 },
    );
  });

  it('asked for by many at once, in any order, is one attempt', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const deps = await halfFailed();
        const slow = {
          ...deps,
          jobs: {
            ...deps.jobs,
            get: scheduler.scheduleFunction(deps.jobs.get),
            change: scheduler.scheduleFunction(deps.jobs.change),
          },
        };

        const retries = Array.from({ length: 5 }, () => retryJob(slow, 'alice', 'job-1', noon));
        const settled = await scheduler.waitFor(Promise.allSettled(retries));

        const refused = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
        expect(refused.filter((code) => code !== 'not-retryable')).toEqual([]);
        expect(refused.length).toBeLessThan(5);
        expect(await deps.jobs.get('job-1')).toMatchObject({ status: 'pending', attempt: 2 });
        expect(deps.workflow.executions).toEqual(['job-1-1', 'job-1-2']);
      }),
      { numRuns: 30 },
    );
  });

  it.each([
    ['of a job that runs', 'clipping', 1, undefined, /clipping/],
    ['after five attempts', 'failed', 5, 'clips_failed', /5 times/],
    ['when the source was replaced', 'failed', 1, 'source_changed', /replaced/],
    ['when the source is gone', 'failed', 1, 'source_missing', /gone/],
    ['when the source is no recording', 'failed', 1, 'not_media', /same way/],
  ] as const)('%s is refused, and told to be impossible', async (_what, status, attempt, code, detail) => {
    const deps = await halfFailed();
    const failure = code && { code, message: '' };
    const job = aJob({ jobId: 'job-2', status, attempt, failure, source: { ...aJob().source, etag: 'e' } });
    await deps.jobs.create(job);

    const refused = retryJob(deps, 'alice', 'job-2', noon);

    await expect(refused).rejects.toMatchObject({
      code: 'not-retryable',
      message: expect.stringMatching(detail),
    });
    expect(canRetry(job)).toBe(false);
  });

  it.each([
    ['replaced', 'another', /replaced/],
    ['gone', undefined, /no longer there/],
  ])('is refused when the source is found to be %s', async (_what, content, detail) => {
    const deps = await halfFailed();
    const { source } = (await deps.jobs.get('job-1')) ?? aJob();
    if (content) deps.uploads.put(source.key, content);
    else await deps.uploads.delete({ key: source.key, etag: source.etag ?? '' });

    await expect(retry(deps)).rejects.toMatchObject({ message: expect.stringMatching(detail) });
    expect(await deps.jobs.get('job-1')).toMatchObject({ status: 'failed', attempt: 1 });
  });
});
