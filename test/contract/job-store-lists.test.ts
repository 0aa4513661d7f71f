import { expect, it } from '@jest/globals';
import { settle } from '../../core/jobs/settle.ts';
import type { JobStore } from '../../core/ports/job-store.ts';
import { aJob } from '../support/builders.ts';
import { describeJobStores } from '../support/describe-job-stores.ts';

const asBase64 = (text: string) => Buffer.from(text).toString('base64url');

const isListed = async (jobs: JobStore, jobId: string) =>
  (await Array.fromAsync(jobs.listOpen())).some((job) => job.jobId === jobId);

describeJobStores((given) => {
  it("pages through an owner's jobs, newest first", async () => {
    const { jobs, jobId, owner } = given();
    for (const hour of [1, 2, 3, 4, 5]) {
      await jobs.create(
        aJob({ jobId: `${jobId}-${hour}`, owner, createdAt: `2026-01-01T0${hour}:00:00.000Z` }),
      );
    }

    const first = await jobs.listByOwner(owner, { limit: 2 });
    const second = await jobs.listByOwner(owner, { limit: 2, cursor: first.nextCursor });
    const third = await jobs.listByOwner(owner, { limit: 2, cursor: second.nextCursor });

    const found = [first, second, third].map((page) =>
      page.jobs.map((job) => job.jobId.split('-').at(-1)).join(''),
    );
    expect(found).toEqual(['54', '32', '1']);
    expect(third.nextCursor).toBeUndefined();
  });

  it('fills a page of one status from among others', async () => {
    const { jobs, jobId, owner } = given();
    for (const hour of [1, 2, 3, 4]) {
      const status = hour % 2 ? 'failed' : 'pending';
      await jobs.create(
        aJob({ jobId: `${jobId}-${hour}`, owner, status, createdAt: `2026-01-01T0${hour}:00:00.000Z` }),
      );
    }

    const page = await jobs.listByOwner(owner, { limit: 2, status: 'failed' });

    expect(page.jobs.map((job) => job.createdAt.slice(12, 13))).toEqual(['3', '1']);
  });

  it('fills a page where the newest jobs were deleted', async () => {
    const { jobs, jobId, owner } = given();
    for (const hour of [1, 2, 3, 4, 5]) {
      const id = `${jobId}-${hour}`;
      await jobs.create(
        aJob({ jobId: id, owner, status: 'failed', createdAt: `2026-01-01T0${hour}:00:00.000Z` }),
      );
      if (hour > 2) await jobs.bury(id, { status: ['failed'], attempt: 1 }, '2026-01-02T00:00:00.000Z');
    }

    const page = await jobs.listByOwner(owner, { limit: 2 });

    expect(page.jobs.map((job) => job.createdAt.slice(12, 13))).toEqual(['2', '1']);
    expect(page.nextCursor).toBeUndefined();
  });

  it.each(['nonsense', '', 'W10', ...['["x","y"]', '["",""]', '["x",""]'].map(asBase64)])(
    'refuses the cursor %j, which it never gave',
    async (cursor) => {
      const { jobs, owner } = given();
      const list = jobs.listByOwner(owner, { limit: 2, cursor });

      await expect(list).rejects.toMatchObject({ name: 'InvalidCursor' });
    },
  );

  it('lists a job as open until nothing is left to do', async () => {
    const { jobs, jobId, owner } = given();
    await jobs.create(aJob({ jobId, owner }));
    expect(await isListed(jobs, jobId)).toBe(true);

    await jobs.change(
      jobId,
      { status: ['awaiting_upload'], attempt: 1 },
      { status: 'completed', cleanup: 'due' },
    );
    expect(await isListed(jobs, jobId)).toBe(true);

    await jobs.change(jobId, { status: ['completed'], attempt: 1 }, { cleanup: 'deleting' });
    expect(await isListed(jobs, jobId)).toBe(true);

    await jobs.change(jobId, { status: ['completed'], attempt: 1 }, { cleanup: 'done' });
    expect(await isListed(jobs, jobId)).toBe(false);
  });

  it.each([
    [{ cleanup: 'done' }, { announcement: 'done' }],
    [{ announcement: 'done' }, { cleanup: 'done' }],
  ] as const)('lists a job as open until both are done: %j, %j', async (...changes) => {
    const { jobs, jobId, owner } = given();
    await jobs.create(aJob({ jobId, owner, status: 'completed', cleanup: 'deleting', announcement: 'due' }));
    const settled = { cleanup: ['deleting'], announcement: ['due'] } as Record<string, string[]>;

    const listed: boolean[] = [];
    for (const change of changes) {
      await jobs.change(jobId, { status: ['completed'], attempt: 1, ...settled }, change);
      for (const [name, value] of Object.entries(change)) settled[name] = [value];
      listed.push(await isListed(jobs, jobId));
    }

    expect(listed).toEqual([true, false]);
  });

  it('settles what is due of a job, one and then the other, by whoever saw neither of the two done', async () => {
    const { jobs, jobId, owner } = given();
    const seen = aJob({ jobId, owner, status: 'completed', cleanup: 'deleting', announcement: 'due' });
    await jobs.create(seen);
    const cleanedUp = () => settle(jobs, seen, ({ cleanup }) => cleanup === 'deleting', { cleanup: 'done' });
    const announced = () =>
      settle(jobs, seen, ({ announcement }) => announcement === 'due', { announcement: 'done' });

    const first = [await cleanedUp(), await isListed(jobs, jobId)];
    const second = [await announced(), await isListed(jobs, jobId)];
    const again = [await cleanedUp(), await announced()];

    expect([first, second, again]).toEqual([
      [true, true],
      [true, false],
      [false, false],
    ]);
  });
});
