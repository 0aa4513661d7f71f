import { describe, expect, it } from '@jest/globals';
import { cancelJob } from '../../core/jobs/cancel-job.ts';
import { receiveSource } from '../../core/jobs/receive-source.ts';
import { retryJob } from '../../core/jobs/retry-job.ts';
import { beginMultipart } from '../../core/uploads/begin-multipart.ts';
import { presignUpload } from '../../core/uploads/presign-upload.ts';
import { submitFile } from '../../core/uploads/submit-file.ts';
import { toProblem } from '../../lambdas/shared/problem.ts';
import { noon } from '../support/builders.ts';
import { aFailedJob, aRequest, presign, type QuotaDeps, quotaDeps } from '../support/quotas.ts';

const waysIn: Record<string, (deps: QuotaDeps, sizeBytes: number) => Promise<unknown>> = {
  'a presigned form': (deps, sizeBytes) => presignUpload(deps, 'alice', aRequest(sizeBytes), noon),
  'an upload in parts': (deps, sizeBytes) => beginMultipart(deps, 'alice', aRequest(sizeBytes), noon),
  'a form': (deps, sizeBytes) =>
    submitFile(deps, 'alice', { ...aRequest(), content: new Uint8Array(sizeBytes) }, noon),
};

describe('the quotas of an owner', () => {
  it.each(Object.entries(waysIn))(
    'hold for %s, which leaves nothing behind if refused',
    async (_way, enter) => {
      const full = quotaDeps({ activeJobs: 0 });
      const spent = quotaDeps({ dailyBytes: 10 });

      await expect(enter(full, 10)).rejects.toMatchObject({ code: 'too-many-active-jobs' });
      await expect(enter(spent, 11)).rejects.toMatchObject({ code: 'daily-bytes-exceeded' });
      await expect(enter(spent, 10)).resolves.toBeDefined();

      const { jobs } = await full.jobs.listByOwner('alice', { limit: 10 });
      expect([jobs, full.uploads.keys()]).toEqual([[], []]);
    },
  );

  it('hold for the inbox: what is over them becomes a job that tells so and is never started', async () => {
    const deps = quotaDeps({ dailyBytes: 5 });
    deps.uploads.put('inbox/talk.mp4', 'abcdef');

    for (const _ of [1, 2]) await receiveSource(deps, 'inbox/talk.mp4', noon);

    const { jobs } = await deps.jobs.listByOwner('alice', { limit: 10 });
    expect(jobs).toMatchObject([{ status: 'expired', failure: { code: 'daily_bytes_exceeded' } }]);
    expect(deps.workflow.executions).toEqual([]);
    expect(deps.uploads.keys()).toEqual(['inbox/talk.mp4']);
  });

  it('count a file in the inbox once, however often its arrival is told', async () => {
    const deps = quotaDeps();
    deps.uploads.put('inbox/talk.mp4', 'abcdef');

    for (const _ of [1, 2, 3]) await receiveSource(deps, 'inbox/talk.mp4', noon);

    expect(await deps.usage.get('alice')).toMatchObject({ bytes: 6 });
  });

  it('hold for a retry, which brings no bytes', async () => {
    const deps = quotaDeps({ activeJobs: 1, dailyBytes: 6 });
    const failed = await aFailedJob(deps);
    const other = await presign(deps, noon, 0);

    await expect(retryJob(deps, 'alice', failed, noon)).rejects.toMatchObject({
      code: 'too-many-active-jobs',
    });
    await cancelJob(deps, 'alice', other.jobId, noon);
    await expect(retryJob(deps, 'alice', failed, noon)).resolves.toMatchObject({ attempt: 2 });
  });

  it("are nobody else's business", async () => {
    const deps = quotaDeps({ activeJobs: 1 });
    await presign(deps);

    await expect(presign(deps, noon, 1, 'bob')).resolves.toBeDefined();
  });

  it('are refused with 429, the limit and what to do', async () => {
    const deps = quotaDeps({ activeJobs: 1, dailyBytes: 5 * 1024 ** 3 });
    await presign(deps, noon, 2.5 * 1024 ** 3);

    const jobs = toProblem(await presign(deps).catch((error) => error), 'id');
    const bytes = toProblem(await presign(deps, noon, 3 * 1024 ** 3).catch((error) => error), 'id');

    expect(jobs).toMatchObject({ status: 429, code: 'too-many-active-jobs' });
    expect(jobs.detail).toMatch(/as you may.*: 1\. Wait .* or cancel one\.$/);
    expect(bytes).toMatchObject({ status: 429, code: 'daily-bytes-exceeded' });
    expect(bytes.detail).toMatch(/5 GiB a day.*2\.5 GiB .*left.*00:00 UTC/);
  });
});
