import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createJob } from '../../core/jobs/create-job.ts';
import { inboxJobId } from '../../core/jobs/inbox-file.ts';
import { type Receiving, receiveSource } from '../../core/jobs/receive-source.ts';
import { readSettings } from '../../lambdas/receive-upload/contract.ts';
import { ids } from '../../lambdas/shared/ids.ts';
import { aJob, noon } from '../support/builders.ts';
import { memoryDeps } from '../support/job-deps.ts';

const setUp = () => ({ ...memoryDeps(), inboxOwner: 'inbox-owner', readSettings }) satisfies Receiving;
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
