import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cancelJob } from '../../core/jobs/cancel-job.ts';
import { reconcileJob, reconcileJobs } from '../../core/jobs/reconcile-jobs.ts';
import { toStatusAnswer } from '../../lambdas/read-jobs/clip-contract.ts';
import { aClip, aJob, noon } from '../support/builders.ts';
import { Died, dyingAt, interruptedAt } from '../support/dying.ts';
import { memoryDeps, startedJob } from '../support/job-deps.ts';
import { runJob } from '../support/run-job.ts';

const run = { jobId: 'job-1', attempt: 1 };
const nextWeek = () => '2026-01-08T12:00:00.000Z';
const cancel = (deps: ReturnType<typeof memoryDeps>) => cancelJob(deps, 'alice', 'job-1', noon);

describe('cancelling', () => {
  it('at any moment of a run ends the job for good, whatever still runs', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 45 }), async (at) => {
        const deps = await startedJob();
        let atOnce: unknown;
        const before = async () => {
          await cancel(deps);
          atOnce = [await deps.jobs.get('job-1'), await finishedClips()];
        };
        const finishedClips = async () =>
          (await deps.jobs.getClips('job-1')).filter(({ status }) => status === 'completed');

        await runJob(interruptedAt(deps, at, { before }), run).catch(() => undefined);
        fc.pre(atOnce !== undefined);
        await reconcileJobs(deps, nextWeek);

        const { announcement, ...job } = (await deps.jobs.get('job-1')) ?? aJob();
        expect([{ ...job, announcement: 'due' }, await finishedClips()]).toEqual(atOnce);
        expect([job.status, announcement]).toEqual(['cancelled', 'done']);
        expect(await deps.workflow.stateOf(run)).toBe('failed');
        expect(deps.uploads.keys()).toContain((await deps.jobs.get('job-1'))?.source.key);
      }),
      { numRuns: 60 },
    );
  });

  it('ends a render that is at work', async () => {
    const deps = await startedJob();
    const render = deps.media.renderClip;
    const reasons: unknown[] = [];
    deps.media.renderClip = async (source, facts, range, options) => {
      await cancel(deps);
      options.onProgress?.(0.5);
      await once(options.signal, 'abort');
      reasons.push(options.signal.reason.name);
      options.signal.throwIfAborted();
      return render(source, facts, range, options);
    };

    await runJob(deps, run);

    expect(reasons).toEqual(['StaleAttempt']);
    expect(deps.clips.keys()).toEqual([]);
    expect(await deps.jobs.getClips('job-1')).toMatchObject(
      Array(2).fill({ status: 'failed', failure: { code: 'cancelled' } }),
    );
  });

  it('shows no clip as at work, also where nobody came to write that it is not', () => {
    const clips = [aClip({ status: 'completed' }), aClip({ clipNumber: 2, status: 'rendering' })];

    const { segments } = toStatusAnswer(aJob({ status: 'cancelled' }), clips, () => undefined);

    expect(segments).toMatchObject([
      { clip_status: 'completed', error_code: null },
      { clip_status: 'failed', error_code: 'cancelled' },
    ]);
  });

  it('leaves no clip unsettled once its execution is told to have ended, also one recorded late', async () => {
    const deps = await startedJob();
    const createClips = deps.jobs.createClips;
    deps.jobs.createClips = async (clips) => {
      await cancel(deps);
      await createClips(clips);
    };

    await runJob(deps, run);
    await reconcileJob(deps, (await deps.jobs.get('job-1')) ?? aJob(), nextWeek);

    expect(await deps.jobs.getClips('job-1')).toMatchObject(Array(2).fill({ status: 'failed' }));
  });

  it('that died at any call does the rest when it is asked for again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 7 }), fc.boolean(), async (at, after) => {
        const deps = await startedJob();
        const upload = await deps.multipart.begin({ key: 'uploads/x', contentType: 'video/mp4' });
        const parted = { uploadId: upload.uploadId, partSizeBytes: 5, numParts: 1 };
        const { source } = aJob();
        await deps.jobs.change(
          'job-1',
          { status: ['pending'], attempt: 1 },
          { source: { ...source, key: 'uploads/x' }, upload: parted },
        );

        const outcome = await cancel(dyingAt(deps, at, after)).catch((error) => error);
        fc.pre(outcome instanceof Died);
        await cancel(deps);

        expect(await deps.jobs.get('job-1')).toMatchObject({ status: 'cancelled' });
        expect(await deps.workflow.stateOf(run)).toBe('failed');
        expect(await deps.multipart.listParts(upload)).toBeUndefined();
      }),
      { numRuns: 30 },
    );
  });

  it('a job that waits is all there is to it', async () => {
    const deps = memoryDeps();
    await deps.jobs.create(aJob());

    expect(await cancel(deps)).toMatchObject({ status: 'cancelled', reachedAt: { cancelled: noon } });
    await reconcileJobs(deps, nextWeek);
    expect(deps.announcements.told).toMatchObject([{ status: 'cancelled' }]);
    expect(await Array.fromAsync(deps.jobs.listOpen())).toEqual([]);
  });

  it('ends the attempt of a retry that came in between', async () => {
    const deps = await startedJob();
    const retry = () =>
      deps.jobs.change('job-1', { status: ['pending'], attempt: 1 }, { status: 'pending', attempt: 2 });

    const job = await cancel(interruptedAt(deps, 1, { after: retry }));

    expect(job).toMatchObject({ status: 'cancelled', attempt: 2 });
  });

  it.each(['completed', 'failed', 'expired'] as const)('a job that is %s is refused', async (status) => {
    const deps = memoryDeps();
    await deps.jobs.create(aJob({ status }));

    await expect(cancel(deps)).rejects.toMatchObject({ code: 'already-ended' });
    expect(await deps.jobs.get('job-1')).toEqual(aJob({ status }));
  });
});
