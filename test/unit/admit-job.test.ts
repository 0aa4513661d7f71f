import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cancelJob } from '../../core/jobs/cancel-job.ts';
import { deleteJob } from '../../core/jobs/delete-job.ts';
import { failJob } from '../../core/jobs/fail-job.ts';
import { endedStatuses } from '../../core/jobs/job.ts';
import { receiveSource } from '../../core/jobs/receive-source.ts';
import { retryJob } from '../../core/jobs/retry-job.ts';
import type { UsageStore } from '../../core/ports/usage-store.ts';
import { beginMultipart } from '../../core/uploads/begin-multipart.ts';
import { presignUpload } from '../../core/uploads/presign-upload.ts';
import { submitFile } from '../../core/uploads/submit-file.ts';
import { readSettings } from '../../lambdas/receive-upload/contract.ts';
import { toProblem } from '../../lambdas/shared/problem.ts';
import { aJob, noon } from '../support/builders.ts';
import { memoryDeps } from '../support/job-deps.ts';
import { memoryUsageStore } from '../support/memory-usage-store.ts';

const { settings } = aJob();
const later = (seconds: number) => new Date(Date.parse(noon) + seconds * 1000).toISOString();
const aRequest = (sizeBytes = 1) => ({ filename: 'talk.mp4', sizeBytes, autoStart: false, settings });

function setUp(quotas: Partial<UsageStore['quotas']> = {}) {
  const signer = { signUpload: async () => ({ url: 'http://s3/', fields: {}, expiresInSeconds: 3600 }) };
  const usage = memoryUsageStore({ activeJobs: 2, dailyBytes: 1000, ...quotas });
  return { ...memoryDeps(), usage, signer, inboxOwner: 'alice', readSettings };
}
type Deps = ReturnType<typeof setUp>;

const presign = async (deps: Deps, now = noon, sizeBytes = 1, owner = 'alice') =>
  (await presignUpload(deps, owner, aRequest(sizeBytes), now)).job;

const waysIn: Record<string, (deps: Deps, sizeBytes: number) => Promise<unknown>> = {
  'a presigned form': (deps, sizeBytes) => presignUpload(deps, 'alice', aRequest(sizeBytes), noon),
  'an upload in parts': (deps, sizeBytes) => beginMultipart(deps, 'alice', aRequest(sizeBytes), noon),
  'a form': (deps, sizeBytes) =>
    submitFile(deps, 'alice', { ...aRequest(), content: new Uint8Array(sizeBytes) }, noon),
};

describe('the quotas of an owner', () => {
  it.each(Object.entries(waysIn))(
    'hold for %s, which leaves nothing behind if refused',
    async (_way, enter) => {
      const full = setUp({ activeJobs: 0 });
      const spent = setUp({ dailyBytes: 10 });

      await expect(enter(full, 10)).rejects.toMatchObject({ code: 'too-many-active-jobs' });
      await expect(enter(spent, 11)).rejects.toMatchObject({ code: 'daily-bytes-exceeded' });
      await expect(enter(spent, 10)).resolves.toBeDefined();

      const { jobs } = await full.jobs.listByOwner('alice', { limit: 10 });
      expect([jobs, full.uploads.keys()]).toEqual([[], []]);
    },
  );

  it('hold for the inbox: what is over them becomes a job that tells so and is never started', async () => {
    const deps = setUp({ dailyBytes: 5 });
    deps.uploads.put('inbox/talk.mp4', 'abcdef');

    for (const _ of [1, 2]) await receiveSource(deps, 'inbox/talk.mp4', noon);

    const { jobs } = await deps.jobs.listByOwner('alice', { limit: 10 });
    expect(jobs).toMatchObject([{ status: 'expired', failure: { code: 'daily_bytes_exceeded' } }]);
    expect(deps.workflow.executions).toEqual([]);
    expect(deps.uploads.keys()).toEqual(['inbox/talk.mp4']);
  });

  it('count a file in the inbox once, however often its arrival is told', async () => {
    const deps = setUp();
    deps.uploads.put('inbox/talk.mp4', 'abcdef');

    for (const _ of [1, 2, 3]) await receiveSource(deps, 'inbox/talk.mp4', noon);

    expect(await deps.usage.get('alice')).toMatchObject({ bytes: 6 });
  });

  it('hold for a retry, which brings no bytes', async () => {
    const deps = setUp({ activeJobs: 1, dailyBytes: 6 });
    const failed = await aFailedJob(deps);
    const other = await presign(deps, noon, 0);

    await expect(retryJob(deps, 'alice', failed, noon)).rejects.toMatchObject({
      code: 'too-many-active-jobs',
    });
    await cancelJob(deps, 'alice', other.jobId, noon);
    await expect(retryJob(deps, 'alice', failed, noon)).resolves.toMatchObject({ attempt: 2 });
  });

  it('are free again as soon as a job has ended, without anybody telling so', async () => {
    const deps = setUp();
    const first = await presign(deps);
    await presign(deps);
    await expect(presign(deps)).rejects.toMatchObject({ code: 'too-many-active-jobs' });

    await cancelJob(deps, 'alice', first.jobId, noon);

    await expect(presign(deps)).resolves.toBeDefined();
  });

  it('are free again when whoever took a place died before using it, or its job was deleted', async () => {
    const deps = setUp();
    const deleted = await presign(deps);
    await cancelJob(deps, 'alice', deleted.jobId, noon);
    await deleteJob(deps, 'alice', deleted.jobId, noon);
    await deps.usage.add('alice', { run: 'never-written-1', sizeBytes: 0, day: noon.slice(0, 10), at: noon });

    await expect(presign(deps, later(59))).rejects.toMatchObject({ code: 'too-many-active-jobs' });
    await expect(presign(deps, later(61))).resolves.toBeDefined();
    await expect(presign(deps, later(62))).resolves.toBeDefined();
  });

  it('of bytes begin anew at midnight in UTC, which the refusal tells', async () => {
    const deps = setUp({ dailyBytes: 10 });
    await presign(deps, noon, 8);

    const refusal = await presign(deps, noon, 3).catch((error) => error);
    const tomorrow = await presign(deps, later(12 * 3600), 10);

    expect(refusal).toMatchObject({ code: 'daily-bytes-exceeded', way: { retryAfterSeconds: 12 * 3600 } });
    expect(tomorrow.status).toBe('awaiting_upload');
  });

  it('are told by a clock that is late, too', async () => {
    const deps = setUp({ dailyBytes: 10 });
    await presign(deps, later(12 * 3600), 8);

    await expect(presign(deps, later(12 * 3600 - 1), 3)).rejects.toMatchObject({
      code: 'daily-bytes-exceeded',
    });
    await expect(presign(deps, later(12 * 3600 - 1), 2)).resolves.toBeDefined();
  });

  it("are nobody else's business", async () => {
    const deps = setUp({ activeJobs: 1 });
    await presign(deps);

    await expect(presign(deps, noon, 1, 'bob')).resolves.toBeDefined();
  });

  it('are refused with 429, the limit and what to do', async () => {
    const deps = setUp({ activeJobs: 1, dailyBytes: 5 * 1024 ** 3 });
    await presign(deps, noon, 2.5 * 1024 ** 3);

    const jobs = toProblem(await presign(deps).catch((error) => error), 'id');
    const bytes = toProblem(await presign(deps, noon, 3 * 1024 ** 3).catch((error) => error), 'id');

    expect(jobs).toMatchObject({ status: 429, code: 'too-many-active-jobs' });
    expect(jobs.detail).toMatch(/as you may.*: 1\. Wait .* or cancel one\.$/);
    expect(bytes).toMatchObject({ status: 429, code: 'daily-bytes-exceeded' });
    expect(bytes.detail).toMatch(/5 GiB a day.*2\.5 GiB .*left.*00:00 UTC/);
  });

  it('are never exceeded, whatever the order of many presigns, retries, ends and deaths', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 3 }), async (scheduler, activeJobs) => {
        const deps = setUp({ activeJobs, dailyBytes: 20 });
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

/** Its run is counted still: nobody has looked. */
async function aFailedJob(deps: Deps): Promise<string> {
  const submission = { ...aRequest(), content: new Uint8Array(6) };
  const { jobId } = await submitFile(deps, 'alice', submission, noon);
  await failJob(deps.jobs, { jobId, attempt: 1 }, { Error: 'Unknown' }, noon);
  return jobId;
}
