import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cancelJob } from '../../core/jobs/cancel-job.ts';
import { deleteJob } from '../../core/jobs/delete-job.ts';
import { endedStatuses } from '../../core/jobs/job.ts';
import { retryJob } from '../../core/jobs/retry-job.ts';
import { noon } from '../support/builders.ts';
import { aFailedJob, later, presign, quotaDeps } from '../support/quotas.ts';

describe('the quotas of an owner', () => {
  it('are free again as soon as a job has ended, without anybody telling so', async () => {
    const deps = quotaDeps();
    const first = await presign(deps);
    await presign(deps);
    await expect(presign(deps)).rejects.toMatchObject({ code: 'too-many-active-jobs' });

    await cancelJob(deps, 'alice', first.jobId, noon);

    await expect(presign(deps)).resolves.toBeDefined();
  });

  it('are free again when whoever took a place died before using it, or its job was deleted', async () => {
    const deps = quotaDeps();
    const deleted = await presign(deps);
    await cancelJob(deps, 'alice', deleted.jobId, noon);
    await deleteJob(deps, 'alice', deleted.jobId, noon);
    await deps.usage.add('alice', { run: 'never-written-1', sizeBytes: 0, day: noon.slice(0, 10), at: noon });

    await expect(presign(deps, later(59))).rejects.toMatchObject({ code: 'too-many-active-jobs' });
    await expect(presign(deps, later(61))).resolves.toBeDefined();
    await expect(presign(deps, later(62))).resolves.toBeDefined();
  });

  it('of bytes begin anew at midnight in UTC, which the refusal tells', async () => {
    const deps = quotaDeps({ dailyBytes: 10 });
    await presign(deps, noon, 8);

    const refusal = await presign(deps, noon, 3).catch((error) => error);
    const tomorrow = await presign(deps, later(12 * 3600), 10);

    expect(refusal).toMatchObject({ code: 'daily-bytes-exceeded', way: { retryAfterSeconds: 12 * 3600 } });
    expect(tomorrow.status).toBe('awaiting_upload');
  });

  it('are told by a clock that is late, too', async () => {
    const deps = quotaDeps({ dailyBytes: 10 });
    await presign(deps, later(12 * 3600), 8);

    await expect(presign(deps, later(12 * 3600 - 1), 3)).rejects.toMatchObject({
      code: 'daily-bytes-exceeded',
    });
    await expect(presign(deps, later(12 * 3600 - 1), 2)).resolves.toBeDefined();
  });

  it('are never exceeded, whatever the order of many presigns, retries, ends and deaths', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 3 }), async (scheduler, activeJobs) => {
        const deps = quotaDeps({ activeJobs, dailyBytes: 20 });
        const failed = await aFailedJob(deps);
        const slow = {
          ...deps,
          jobs: {
            ...deps.jobs,
            create: scheduler.scheduleFunction(deps.jobs.create),
            get: scheduler.scheduleFunction(deps.jobs.get),
            change: scheduler.scheduleFunction(deps.jobs.change),
          },
          usage: {
            ...deps.usage,
            add: scheduler.scheduleFunction(deps.usage.add),
            get: scheduler.scheduleFunction(deps.usage.get),
            drop: scheduler.scheduleFunction(deps.usage.drop),
          },
        };
        let most = 0;
        const watch = async () => {
          const { jobs } = await deps.jobs.listByOwner('alice', { limit: 50 });
          most = Math.max(most, jobs.filter(({ status }) => !endedStatuses.includes(status)).length);
        };
        const refusals = ['too-many-active-jobs', 'daily-bytes-exceeded', 'not-retryable'];
        const calmly = (call: Promise<unknown>) =>
          call.catch(({ code }) => expect(refusals).toContain(code)).then(watch);

        const creates = Array.from({ length: 6 }, async () => {
          await calmly(
            presign(slow).then(({ jobId }) => watch().then(() => cancelJob(slow, 'alice', jobId, noon))),
          );
          await calmly(presign(slow));
        });
        const retries = [1, 2].map(() => calmly(retryJob(slow, 'alice', failed, noon)));
        await scheduler.waitFor(Promise.all([...creates, ...retries]));

        const used = await deps.usage.get('alice');
        expect(most).toBeLessThanOrEqual(activeJobs);
        expect(used?.bytes).toBeLessThanOrEqual(20);
      }),
      { numRuns: 100 },
    );
  });
});
