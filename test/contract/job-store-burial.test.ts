import { describe, expect, it } from '@jest/globals';
import type { JobStore } from '../../core/ports/job-store.ts';
import { aClip, aJob } from '../support/builders.ts';
import { describeJobStores } from '../support/describe-job-stores.ts';

const at = '2026-01-02T00:00:00.000Z';
const buriedIds = async (jobs: JobStore) =>
  (await Array.fromAsync(jobs.listBuried())).map((tombstone) => tombstone.jobId);

describeJobStores((given) => {
  describe('after a burial', () => {
    it('knows the job no more, whoever asks', async () => {
      const { jobs, jobId, owner } = given();
      await jobs.create(aJob({ jobId, owner, status: 'completed', cleanup: 'due' }));
      await jobs.create(aJob({ jobId: `${jobId}-kept`, owner }));

      const burial = await jobs.bury(jobId, { status: ['completed'], attempt: 1 }, at);
      const change = await jobs.change(jobId, { status: ['completed'], attempt: 1 }, { cleanup: 'done' });
      const again = await jobs.bury(jobId, { status: ['completed'], attempt: 1 }, at);

      expect(burial).toMatchObject({ changed: true, now: { jobId, owner, source: aJob({ jobId }).source } });
      expect(await jobs.get(jobId)).toBeUndefined();
      expect(change).toEqual({ changed: false, now: undefined });
      expect(again).toEqual({ changed: false, now: undefined });
      const listed = await jobs.listByOwner(owner, { limit: 5 });
      expect(listed.jobs.map((job) => job.jobId)).toEqual([`${jobId}-kept`]);
      const open = await Array.fromAsync(jobs.listOpen());
      expect(open.map((job) => job.jobId)).not.toContain(jobId);
    });

    it('finds the tombstone by its id alone, and no other job', async () => {
      const { jobs, jobId, owner } = given();
      await jobs.create(aJob({ jobId, owner, status: 'failed' }));
      const living = await jobs.getBuried(jobId);

      await jobs.bury(jobId, { status: ['failed'], attempt: 1 }, at);

      expect(living).toBeUndefined();
      expect(await jobs.getBuried(jobId)).toMatchObject({ jobId, owner, attempt: 1, updatedAt: at });
      expect(await jobs.getBuried('nobody')).toBeUndefined();
    });

    it('lists the tombstone, whose id is not free, until it is forgotten', async () => {
      const { jobs, jobId, owner } = given();
      await jobs.create(aJob({ jobId, owner, status: 'failed' }));
      await jobs.bury(jobId, { status: ['failed'], attempt: 1 }, at);

      expect(await jobs.create(aJob({ jobId, owner }))).toBe(false);
      expect(await Array.fromAsync(jobs.listBuried())).toContainEqual(
        expect.objectContaining({ jobId, owner, updatedAt: at }),
      );

      await jobs.forget(jobId);
      expect(await buriedIds(jobs)).not.toContain(jobId);
      expect(await jobs.create(aJob({ jobId, owner }))).toBe(true);
    });

    it('erases its clips and its timeline, and those of no other', async () => {
      const { jobs, jobId, owner } = given();
      const other = `${jobId}-other`;
      for (const id of [jobId, other]) await jobs.createClips([aClip({ jobId: id })]);
      await jobs.create(aJob({ jobId, owner, status: 'failed' }));
      await jobs.note(jobId, at, 'failed');
      await jobs.bury(jobId, { status: ['failed'], attempt: 1 }, at);

      await jobs.eraseRecords(jobId);

      expect(await jobs.getClips(jobId)).toEqual([]);
      expect(await jobs.getClips(other)).toHaveLength(1);
      expect(await buriedIds(jobs)).toContain(jobId);
    });

    it.each([
      ['status', { status: ['completed' as const], attempt: 1 }],
      ['attempt', { status: ['failed' as const], attempt: 2 }],
    ])('that expected another %s, the job is as it was', async (_what, expected) => {
      const { jobs, jobId, owner } = given();
      const job = aJob({ jobId, owner, status: 'failed' });
      await jobs.create(job);

      expect(await jobs.bury(jobId, expected, at)).toEqual({ changed: false, now: job });
      expect(await jobs.get(jobId)).toEqual(job);
    });
  });
});
