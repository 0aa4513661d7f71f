import { describe, expect, it } from '@jest/globals';
import { cleanUpJob } from '../../core/jobs/clean-up-job.ts';
import type { Clip } from '../../core/jobs/job.ts';
import { receiveSource } from '../../core/jobs/receive-source.ts';
import { readSettings } from '../../lambdas/receive-upload/contract.ts';
import { aJob, noon } from '../support/builders.ts';
import { memoryDeps, pendingJob } from '../support/job-deps.ts';
import { runJob } from '../support/run-job.ts';

const run = { jobId: 'job-1', attempt: 1 };

describe('cleanup', () => {
  async function completed() {
    const deps = await pendingJob();
    await runJob(
      { ...deps, uploads: { ...deps.uploads, delete: async () => Promise.reject(new Error('down')) } },
      run,
    );
    return deps;
  }

  it('deletes nothing while a clip is not as it was rendered', async () => {
    const deps = await completed();
    const [clip] = (await deps.jobs.getClips('job-1')) as [Clip];
    deps.clips.put(clip.key, 'something else');

    const refused = cleanUpJob(deps, run, () => noon);

    await expect(refused).rejects.toMatchObject({ name: 'ClipsFailed' });
    expect(deps.uploads.keys()).toHaveLength(2);
  });

  it('takes what is uploaded with the same form once more, counts it in, and asks the clips before', async () => {
    const deps = { ...memoryDeps(), readSettings };
    const { source } = aJob();
    const { etag } = deps.uploads.put(source.key, 'abcdef');
    await deps.jobs.create({ ...aJob({ status: 'pending', autoStart: true }), source: { ...source, etag } });
    await runJob(deps, run);
    const freedBytes = (await deps.jobs.get('job-1'))?.bytesFreed ?? 0;
    const tell = () => receiveSource(deps, source.key, noon);

    await tell();
    const untouched = await deps.jobs.get('job-1');
    deps.uploads.put(source.key, 'once more');
    for (const _ of [1, 2]) await tell();
    const due = await deps.jobs.get('job-1');
    await cleanUpJob(deps, run, () => noon);

    expect([untouched?.cleanup, due?.cleanup, due?.status]).toEqual(['done', 'due', 'completed']);
    expect(deps.uploads.keys()).toEqual([]);
    expect(await deps.jobs.get('job-1')).toMatchObject({
      cleanup: 'done',
      bytesFreed: freedBytes + 'once more'.length,
    });
  });

  it('leaves an object alone that took the place of the source', async () => {
    const deps = await completed();
    deps.uploads.put(aJob().source.key, 'a later upload');

    await cleanUpJob(deps, run, () => noon);

    expect(deps.uploads.keys()).toEqual([aJob().source.key]);
    expect(deps.jobs.notes.map(({ text }) => text)).toContain(
      'Kept, as it was replaced meanwhile: the source',
    );
  });

  it('that broke off stays due, and the job completed', async () => {
    const deps = await completed();

    expect(await deps.jobs.get('job-1')).toMatchObject({ status: 'completed', cleanup: 'deleting' });
    expect(await Array.fromAsync(deps.jobs.listOpen())).toHaveLength(1);
  });
});
