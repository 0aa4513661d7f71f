import { describe, expect, it } from '@jest/globals';
import { cancelJob } from '../../core/jobs/cancel-job.ts';
import { failJob } from '../../core/jobs/fail-job.ts';
import { reconcileJobs } from '../../core/jobs/reconcile-jobs.ts';
import { retryJob } from '../../core/jobs/retry-job.ts';
import { startJob } from '../../core/jobs/start-job.ts';
import { countedJobs } from '../../lambdas/shared/counted-jobs.ts';
import { namedJobs } from '../../lambdas/shared/named-jobs.ts';
import { aJob, noon } from '../support/builders.ts';
import { memoryDeps } from '../support/job-deps.ts';
import { runJob, runSteps } from '../support/run-job.ts';

const run = { jobId: 'job-1', attempt: 1 };

/** alice's job, whose source has arrived, and what was counted of it. */
async function watched() {
  const counted: Record<string, number> = {};
  const add = (name: string, value: number) => {
    if (value) counted[name] = (counted[name] ?? 0) + value;
  };
  const deps = memoryDeps();
  const jobs = countedJobs(deps.jobs, {
    count: (name, value = 1) => add(name, value),
    countOne: (name, of) => add(`${name} ${of}`, 1),
  });
  const job = aJob();
  const object = deps.uploads.put(job.source.key, 'abcdef');
  await jobs.create(job);
  const start = () => startJob({ ...deps, jobs }, job, object, job.settings, noon);
  return { ...deps, jobs, counted, start };
}

describe('what is counted of a job', () => {
  it('is each thing that happened, once, however often its steps are run', async () => {
    const deps = await watched();

    await Promise.all([deps.start(), deps.start()]);
    await Promise.all([runJob(deps, run), runJob(deps, run)]);
    await runJob(deps, run);

    const { BytesRead, ...counted } = deps.counted;
    expect(counted).toEqual({
      JobsCreated: 1,
      JobsStarted: 1,
      JobsCompleted: 1,
      ClipSeconds: 20,
      BytesFreed: 11,
    });
    expect(BytesRead).toBeGreaterThanOrEqual(6 + 6 + 2);
  });

  it('is a failure by its code, the retry of it, and no start a second time', async () => {
    const deps = await watched();
    await deps.start();
    const fail = () => failJob(deps.jobs, run, { Error: 'NotMedia' }, noon);
    const broken = () => failJob(deps.jobs, { ...run, attempt: 2 }, { Error: 'TypeError' }, noon);

    await Promise.all([fail(), fail()]);
    await deps.jobs.change(
      'job-1',
      { status: ['failed'], attempt: 1 },
      { failure: { code: 'x', message: '' } },
    );
    await retryJob(deps, 'alice', 'job-1', noon);
    await broken();
    await deps.jobs.bury('job-1', { status: ['failed'], attempt: 2 }, noon);

    expect(deps.counted).toEqual({
      JobsCreated: 1,
      JobsStarted: 1,
      'JobsFailed not_media': 1,
      JobsRetried: 1,
      'JobsFailed internal_error': 1,
      JobsDeleted: 1,
    });
  });

  it('is no failed clip where the job was cancelled', async () => {
    const deps = await watched();
    await deps.start();
    await runSteps(
      { ...deps, media: { ...deps.media, renderClip: () => Promise.reject(new Error('no')) } },
      run,
    ).catch(() => undefined);

    await cancelJob(deps, 'alice', 'job-1', noon);

    expect(deps.counted).toMatchObject({ JobsCancelled: 1 });
    expect(deps.counted).not.toHaveProperty('ClipsFailed');
  });
});

describe('the oldest running job', () => {
  it('is told in seconds since its start, with none that waits or has ended', async () => {
    const { jobs, ...deps } = memoryDeps();
    const at = (hour: number) => `2026-01-01T0${hour}:00:00.000Z`;
    await jobs.create(aJob({ jobId: 'waiting', createdAt: at(1) }));
    await jobs.create(aJob({ jobId: 'running', status: 'clipping', reachedAt: { pending: at(3) } }));
    await deps.workflow.start({ jobId: 'running', attempt: 1, owner: 'alice' });

    const { oldestRunningSeconds } = await reconcileJobs({ ...deps, jobs }, () => at(5));

    expect(oldestRunningSeconds).toBe(2 * 3600);
  });
});

describe('the job that a log tells of', () => {
  it('is the one that is touched, each one of a list in its turn, and none after it', async () => {
    const names: string[] = [];
    const jobs = namedJobs(memoryDeps().jobs, (jobId) => names.push(jobId ?? 'none'));
    await jobs.create(aJob({ jobId: 'a' }));
    await jobs.create(aJob({ jobId: 'b' }));
    await jobs.get('a');

    for await (const { jobId } of jobs.listOpen()) names.push(`at ${jobId}`);

    expect(names).toEqual(['a', 'b', 'a', 'a', 'at a', 'b', 'at b', 'none']);
  });
});
