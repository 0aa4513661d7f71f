import { describe, expect, it } from '@jest/globals';
import { inboxJobId } from '../../core/jobs/inbox-file.ts';
import { reconcileJob, reconcileJobs } from '../../core/jobs/reconcile-jobs.ts';
import { ids } from '../../lambdas/shared/ids.ts';
import { aClip, aJob, noon } from '../support/builders.ts';
import { memoryDeps } from '../support/job-deps.ts';
import { runSteps } from '../support/run-job.ts';

const later = () => '2026-01-01T12:10:00.000Z';
const nextWeek = () => '2026-01-08T12:00:00.000Z';

describe('reconciliation', () => {
  it('makes the start that was claimed but never made', async () => {
    const deps = memoryDeps();
    await deps.jobs.create(aJob({ status: 'pending' }));

    const { repairs } = await reconcileJobs(deps, later);

    expect(repairs).toEqual([{ jobId: 'job-1', repair: 'started' }]);
    expect(deps.workflow.executions).toEqual(['job-1-1']);
  });

  it('leaves a job alone that moved a moment ago, or whose execution runs', async () => {
    const deps = memoryDeps();
    await deps.jobs.create(aJob({ jobId: 'fresh', status: 'pending', updatedAt: later() }));
    await deps.jobs.create(aJob({ jobId: 'running', status: 'clipping' }));
    await deps.workflow.start({ jobId: 'running', attempt: 1, owner: 'alice' });

    const { repairs } = await reconcileJobs(deps, later);

    expect(repairs).toEqual([]);
  });

  it('ends a job as failed whose execution died without a word', async () => {
    const deps = memoryDeps();
    await deps.jobs.create(aJob({ status: 'clipping' }));
    deps.workflow.ended.set('job-1-1', 'failed');

    const { repairs } = await reconcileJobs(deps, later);

    expect(repairs).toEqual([{ jobId: 'job-1', repair: 'failed' }]);
    expect(await deps.jobs.get('job-1')).toMatchObject({
      status: 'failed',
      failure: { code: 'internal_error' },
    });
  });

  it('tells of a job whose execution took too long, and leaves no clip of it rendering', async () => {
    const deps = memoryDeps();
    await deps.jobs.create(aJob({ status: 'clipping' }));
    await deps.jobs.createClips([
      aClip({ clipNumber: 1, status: 'completed' }),
      aClip({ clipNumber: 2, status: 'rendering' }),
    ]);
    deps.workflow.ended.set('job-1-1', 'timed-out');

    await reconcileJobs(deps, later);

    expect(await deps.jobs.get('job-1')).toMatchObject({ status: 'failed', failure: { code: 'timed_out' } });
    expect(await deps.jobs.getClips('job-1')).toMatchObject([
      { status: 'completed', attempt: 1 },
      { status: 'failed', failure: { code: 'timed_out' } },
    ]);
  });

  it('leaves the clips alone that a retry has taken over meanwhile', async () => {
    const deps = memoryDeps();
    const seen = aJob({ status: 'failed', failure: { code: 'internal_error', message: '' } });
    await deps.jobs.create({ ...seen, status: 'clipping', attempt: 2 });
    await deps.jobs.createClips([aClip({ status: 'rendering', attempt: 2 })]);

    await reconcileJob(deps, seen, later);

    expect(await deps.jobs.getClips('job-1')).toMatchObject([{ status: 'rendering', attempt: 2 }]);
  });

  it('goes on with a cleanup that stopped halfway', async () => {
    const deps = memoryDeps();
    const job = aJob({ status: 'pending' });
    const { etag } = deps.uploads.put(job.source.key, 'abcdef');
    await deps.jobs.create({ ...job, source: { ...job.source, etag } });
    const deaf = { ...deps.uploads, delete: async () => Promise.reject(new Error('down')) };
    await runSteps({ ...deps, uploads: deaf }, { jobId: 'job-1', attempt: 1 }).catch(() => undefined);

    const { repairs } = await reconcileJobs(deps, later);

    expect(repairs).toEqual([{ jobId: 'job-1', repair: 'cleaned' }]);
    expect(deps.uploads.keys()).toEqual([]);
  });

  it('keeps the source while a clip is not as it was rendered, until the lifecycle has taken it', async () => {
    const deps = memoryDeps();
    const job = aJob({ status: 'completed', cleanup: 'due' });
    const { etag } = deps.uploads.put(job.source.key, 'abcdef');
    await deps.jobs.create({ ...job, source: { ...job.source, etag } });

    const blocked = await reconcileJobs(deps, later);
    const kept = deps.uploads.keys();
    await deps.uploads.delete({ key: job.source.key, etag });
    const closed = await reconcileJobs(deps, nextWeek);

    expect(blocked.repairs).toEqual([{ jobId: 'job-1', repair: 'blocked' }]);
    expect(kept).toEqual([job.source.key]);
    expect(closed.repairs).toEqual([{ jobId: 'job-1', repair: 'cleaned' }]);
    expect(await Array.fromAsync(deps.jobs.listOpen())).toEqual([]);
  });

  it('deletes what was made of a source that is gone, though a clip was lost in the middle of the cleanup', async () => {
    const deps = memoryDeps();
    const audio = { key: 'work/audio.flac', etag: deps.uploads.put('work/audio.flac', 'sound').etag };
    const source = { ...aJob().source, etag: 'deleted-already' };
    const deletions = [
      { key: source.key, etag: source.etag, sizeBytes: source.sizeBytes },
      { ...audio, sizeBytes: 5 },
    ];
    await deps.jobs.create(aJob({ status: 'completed', cleanup: 'deleting', source, deletions }));

    const { repairs } = await reconcileJobs(deps, later);

    expect(repairs).toEqual([{ jobId: 'job-1', repair: 'cleaned' }]);
    expect(deps.uploads.keys()).toEqual([]);
    expect(await deps.jobs.get('job-1')).toMatchObject({ cleanup: 'done' });
  });

  it('leaves a job alone that is deleted in the middle of its cleanup', async () => {
    const deps = memoryDeps();
    const job = aJob({ status: 'completed', cleanup: 'due' });
    await deps.jobs.create(job);
    await deps.jobs.bury('job-1', { status: ['completed'], attempt: 1 }, noon);

    expect(await reconcileJob(deps, job, later)).toBe('left');
  });

  it('lets an upload that never came expire, after its day', async () => {
    const deps = memoryDeps();
    await deps.jobs.create(aJob());

    expect((await reconcileJobs(deps, later)).repairs).toEqual([]);
    expect((await reconcileJobs(deps, nextWeek)).repairs).toEqual([{ jobId: 'job-1', repair: 'expired' }]);
    expect(await Array.fromAsync(deps.jobs.listOpen())).toEqual([]);
  });

  it('starts a job whose arrival nobody told', async () => {
    const deps = memoryDeps();
    await deps.jobs.create(aJob({ autoStart: true }));
    deps.uploads.put(aJob().source.key, 'abcdef');

    const { repairs } = await reconcileJobs(deps, later);

    expect(repairs).toEqual([{ jobId: 'job-1', repair: 'started' }]);
  });

  it('starts no job on a file of the inbox that took the place of its own', async () => {
    const deps = memoryDeps();
    const before = deps.uploads.put('inbox/talk.mp4', 'abcdef');
    const jobId = inboxJobId(ids, before);
    const source = { ...aJob().source, key: before.key };
    await deps.jobs.create(aJob({ jobId, autoStart: true, source }));
    deps.uploads.put('inbox/talk.mp4', 'ghijkl');

    const { repairs } = await reconcileJobs(deps, later);

    expect(repairs).toEqual([]);
    expect(deps.workflow.executions).toEqual([]);
  });

  it('is not kept from the others by one job that cannot be repaired', async () => {
    const deps = memoryDeps();
    await deps.jobs.create(aJob({ jobId: 'a', status: 'pending' }));
    await deps.jobs.create(aJob({ jobId: 'b', status: 'pending' }));
    const start = deps.workflow.start;
    deps.workflow.start = async (run) => (run.jobId === 'a' ? Promise.reject(new Error('no')) : start(run));

    const { repairs, errors } = await reconcileJobs(deps, later);

    expect(repairs).toEqual([{ jobId: 'b', repair: 'started' }]);
    expect(errors).toMatchObject([{ jobId: 'a' }]);
  });

  it.each(['failed', 'cancelled', 'expired'] as const)('leaves a job that is %s', async (status) => {
    const deps = memoryDeps();

    expect(await reconcileJob(deps, aJob({ status }), later)).toBe('left');
  });
});
