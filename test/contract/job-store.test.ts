import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { settle } from '../../core/jobs/settle.ts';
import type { JobStore } from '../../core/ports/job-store.ts';
import { createDynamoJobStore } from '../../lambdas/shared/dynamo-job-store.ts';
import { aClip, aJob } from '../support/builders.ts';
import { aDynamoTable } from '../support/local-services.ts';
import { memoryJobStore } from '../support/memory-job-store.ts';

const adapters: Record<string, () => Promise<{ open: () => JobStore; stop: () => Promise<void> }>> = {
  'in memory': async () => ({ open: memoryJobStore, stop: async () => undefined }),
  'on DynamoDB': async () => {
    const { client, TableName, stop } = await aDynamoTable();
    return { open: () => createDynamoJobStore(client, TableName), stop };
  },
};

const asBase64 = (text: string) => Buffer.from(text).toString('base64url');

describe.each(Object.entries(adapters))('the jobs table %s', (_name, start) => {
  let service: Awaited<ReturnType<typeof start>>;
  let jobs: JobStore;
  let jobId: string;
  let owner: string;
  let serial = 0;

  beforeAll(async () => {
    service = await start();
    jobs = service.open();
  });
  afterAll(() => service.stop());
  beforeEach(() => {
    serial += 1;
    jobId = `job-${serial}`;
    owner = `owner-${serial}`;
  });

  it('gives back a job as it was made', async () => {
    const job = aJob({ jobId, owner, notes: ['ünïcode'], settings: { ...aJob().settings, segments: [] } });

    expect(await jobs.create(job)).toBe(true);
    expect(await jobs.get(jobId)).toEqual(job);
    expect(await jobs.get('nobody')).toBeUndefined();
  });

  it('makes no job twice', async () => {
    await jobs.create(aJob({ jobId, owner }));

    expect(await jobs.create(aJob({ jobId, owner: 'other' }))).toBe(false);
    expect((await jobs.get(jobId))?.owner).toBe(owner);
  });

  it('changes a job that is as expected, and answers it', async () => {
    await jobs.create(aJob({ jobId, owner }));

    const change = await jobs.change(
      jobId,
      { status: ['pending', 'awaiting_upload'], attempt: 1 },
      { status: 'pending', stagePercent: 3, failure: undefined },
    );

    expect(change).toMatchObject({ changed: true, now: { status: 'pending', stagePercent: 3, owner } });
    expect(await jobs.get(jobId)).toEqual(change.now);
  });

  it.each([
    ['status', { status: ['clipping'] as const, attempt: 1 }],
    ['attempt', { status: ['awaiting_upload'] as const, attempt: 2 }],
    ['cleanup', { status: ['awaiting_upload'] as const, attempt: 1, cleanup: ['due' as const] }],
  ])('changes nothing where the %s is another, and answers what stands there', async (_what, expected) => {
    const job = aJob({ jobId, owner });
    await jobs.create(job);

    const change = await jobs.change(jobId, expected, { status: 'failed' });

    expect(change).toEqual({ changed: false, now: job });
  });

  it('changes no job that is not there', async () => {
    const change = await jobs.change('nobody', { status: ['pending'], attempt: 1 }, { status: 'failed' });

    expect(change).toEqual({ changed: false, now: undefined });
    expect(await jobs.get('nobody')).toBeUndefined();
  });

  it('lets one of many writers win', async () => {
    await jobs.create(aJob({ jobId, owner }));

    const changes = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        jobs.change(
          jobId,
          { status: ['awaiting_upload'], attempt: 1 },
          { status: 'pending', stagePercent: index },
        ),
      ),
    );

    expect(changes.filter(({ changed }) => changed)).toHaveLength(1);
  });

  it("pages through an owner's jobs, newest first", async () => {
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
    for (const hour of [1, 2, 3, 4]) {
      const status = hour % 2 ? 'failed' : 'pending';
      await jobs.create(
        aJob({ jobId: `${jobId}-${hour}`, owner, status, createdAt: `2026-01-01T0${hour}:00:00.000Z` }),
      );
    }

    const page = await jobs.listByOwner(owner, { limit: 2, status: 'failed' });

    expect(page.jobs.map((job) => job.createdAt.slice(12, 13))).toEqual(['3', '1']);
  });

  it.each(['nonsense', '', 'W10', ...['["x","y"]', '["",""]', '["x",""]'].map(asBase64)])(
    'refuses the cursor %j, which it never gave',
    async (cursor) => {
      const list = jobs.listByOwner(owner, { limit: 2, cursor });

      await expect(list).rejects.toMatchObject({ name: 'InvalidCursor' });
    },
  );

  it('lists a job as open until nothing is left to do', async () => {
    const isListed = async () => (await Array.fromAsync(jobs.listOpen())).some((job) => job.jobId === jobId);
    await jobs.create(aJob({ jobId, owner }));
    expect(await isListed()).toBe(true);

    await jobs.change(
      jobId,
      { status: ['awaiting_upload'], attempt: 1 },
      { status: 'completed', cleanup: 'due' },
    );
    expect(await isListed()).toBe(true);

    await jobs.change(jobId, { status: ['completed'], attempt: 1 }, { cleanup: 'deleting' });
    expect(await isListed()).toBe(true);

    await jobs.change(jobId, { status: ['completed'], attempt: 1 }, { cleanup: 'done' });
    expect(await isListed()).toBe(false);
  });

  it.each([
    [{ cleanup: 'done' }, { announcement: 'done' }],
    [{ announcement: 'done' }, { cleanup: 'done' }],
  ] as const)('lists a job as open until both are done: %j, %j', async (...changes) => {
    const isListed = async () => (await Array.fromAsync(jobs.listOpen())).some((job) => job.jobId === jobId);
    await jobs.create(aJob({ jobId, owner, status: 'completed', cleanup: 'deleting', announcement: 'due' }));
    const settled = { cleanup: ['deleting'], announcement: ['due'] } as Record<string, string[]>;

    const listed: boolean[] = [];
    for (const change of changes) {
      await jobs.change(jobId, { status: ['completed'], attempt: 1, ...settled }, change);
      for (const [name, value] of Object.entries(change)) settled[name] = [value];
      listed.push(await isListed());
    }

    expect(listed).toEqual([true, false]);
  });

  it('settles what is due of a job, one and then the other, by whoever saw neither of the two done', async () => {
    const isListed = async () => (await Array.fromAsync(jobs.listOpen())).some((job) => job.jobId === jobId);
    const seen = aJob({ jobId, owner, status: 'completed', cleanup: 'deleting', announcement: 'due' });
    await jobs.create(seen);
    const cleanedUp = () => settle(jobs, seen, ({ cleanup }) => cleanup === 'deleting', { cleanup: 'done' });
    const announced = () =>
      settle(jobs, seen, ({ announcement }) => announcement === 'due', { announcement: 'done' });

    const first = [await cleanedUp(), await isListed()];
    const second = [await announced(), await isListed()];
    const again = [await cleanedUp(), await announced()];

    expect([first, second, again]).toEqual([
      [true, true],
      [true, false],
      [false, false],
    ]);
  });

  it('changes a job only where what is to be announced is as expected', async () => {
    await jobs.create(aJob({ jobId, owner, status: 'failed', announcement: 'due' }));
    const announce = () =>
      jobs.change(jobId, { status: ['failed'], attempt: 1, announcement: ['due'] }, { announcement: 'done' });

    expect([(await announce()).changed, (await announce()).changed]).toEqual([true, false]);
  });

  it('keeps the clips that are there already, and gives them back in order', async () => {
    await jobs.createClips([2, 1].map((clipNumber) => aClip({ jobId, clipNumber })));
    await jobs.createClips([aClip({ jobId, clipNumber: 1, title: 'other' })]);

    const clips = await jobs.getClips(jobId);

    expect(clips.map(({ title }) => title)).toEqual(['Clip 1', 'Clip 2']);
    expect(clips[1]).toEqual(aClip({ jobId, clipNumber: 2 }));
  });

  it('changes a clip only where status and attempt are as expected', async () => {
    await jobs.createClips([aClip({ jobId })]);
    const clip = { jobId, clipNumber: 1 };

    const stale = await jobs.changeClip(clip, { status: ['pending'], attempt: 2 }, { status: 'failed' });
    const change = await jobs.changeClip(clip, { status: ['pending'], attempt: 1 }, { status: 'rendering' });

    expect(stale).toMatchObject({ changed: false, now: { status: 'pending' } });
    expect(change).toMatchObject({ changed: true, now: { status: 'rendering' } });
  });

  it('takes away what is set to null', async () => {
    const failure = { code: 'internal_error', message: 'no' };
    await jobs.create(aJob({ jobId, owner, status: 'failed', failure }));
    await jobs.createClips([aClip({ jobId, status: 'failed', failure })]);

    const expected = { status: ['failed' as const], attempt: 1 };
    const job = await jobs.change(jobId, expected, { status: 'pending', failure: null });
    const clip = await jobs.changeClip({ jobId, clipNumber: 1 }, expected, {
      status: 'pending',
      failure: null,
    });

    expect(job.now).toEqual(aJob({ jobId, owner, status: 'pending' }));
    expect(clip.now).toEqual(aClip({ jobId, status: 'pending' }));
  });

  describe('after a burial', () => {
    const at = '2026-01-02T00:00:00.000Z';
    const buriedIds = async () =>
      (await Array.fromAsync(jobs.listBuried())).map((tombstone) => tombstone.jobId);

    it('knows the job no more, whoever asks', async () => {
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
      await jobs.create(aJob({ jobId, owner, status: 'failed' }));
      const living = await jobs.getBuried(jobId);

      await jobs.bury(jobId, { status: ['failed'], attempt: 1 }, at);

      expect(living).toBeUndefined();
      expect(await jobs.getBuried(jobId)).toMatchObject({ jobId, owner, attempt: 1, updatedAt: at });
      expect(await jobs.getBuried('nobody')).toBeUndefined();
    });

    it('lists the tombstone, whose id is not free, until it is forgotten', async () => {
      await jobs.create(aJob({ jobId, owner, status: 'failed' }));
      await jobs.bury(jobId, { status: ['failed'], attempt: 1 }, at);

      expect(await jobs.create(aJob({ jobId, owner }))).toBe(false);
      expect(await Array.fromAsync(jobs.listBuried())).toContainEqual(
        expect.objectContaining({ jobId, owner, updatedAt: at }),
      );

      await jobs.forget(jobId);
      expect(await buriedIds()).not.toContain(jobId);
      expect(await jobs.create(aJob({ jobId, owner }))).toBe(true);
    });

    it('erases its clips and its timeline, and those of no other', async () => {
      const other = `${jobId}-other`;
      for (const id of [jobId, other]) await jobs.createClips([aClip({ jobId: id })]);
      await jobs.create(aJob({ jobId, owner, status: 'failed' }));
      await jobs.note(jobId, at, 'failed');
      await jobs.bury(jobId, { status: ['failed'], attempt: 1 }, at);

      await jobs.eraseRecords(jobId);

      expect(await jobs.getClips(jobId)).toEqual([]);
      expect(await jobs.getClips(other)).toHaveLength(1);
      expect(await buriedIds()).toContain(jobId);
    });

    it.each([
      ['status', { status: ['completed' as const], attempt: 1 }],
      ['attempt', { status: ['failed' as const], attempt: 2 }],
    ])('that expected another %s, the job is as it was', async (_what, expected) => {
      const job = aJob({ jobId, owner, status: 'failed' });
      await jobs.create(job);

      expect(await jobs.bury(jobId, expected, at)).toEqual({ changed: false, now: job });
      expect(await jobs.get(jobId)).toEqual(job);
    });
  });

  it('fills a page where the newest jobs were deleted', async () => {
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

  it('takes notes of a job without showing them as jobs or clips', async () => {
    await jobs.create(aJob({ jobId, owner }));
    await jobs.note(jobId, '2026-01-01T00:00:00Z', 'pending');

    expect(await jobs.getClips(jobId)).toEqual([]);
    expect((await jobs.listByOwner(owner, { limit: 5 })).jobs).toHaveLength(1);
  });

  it('tells the last lines of a timeline in their order, each once, and of no other job', async () => {
    const long = `Failed: ${'ü'.repeat(900)}`;
    await jobs.createClips([aClip({ jobId })]);
    for (const [second, text] of [
      ['03', long],
      ['01', 'Started'],
      ['02', 'Choosing clips'],
      ['02', 'Choosing clips'],
    ] as const) {
      await jobs.note(jobId, `2026-01-01T00:00:${second}.000Z`, text);
    }
    await jobs.note(`${jobId}-other`, '2026-01-01T00:00:04.000Z', 'Cancelled');

    const texts = async (limit: number) => (await jobs.timeline(jobId, limit)).map(({ text }) => text);
    expect(await texts(9)).toEqual(['Started', 'Choosing clips', long]);
    expect(await texts(2)).toEqual(['Choosing clips', long]);
    expect((await jobs.timeline(jobId, 1))[0]?.at).toBe('2026-01-01T00:00:03.000Z');
    expect(await jobs.timeline('nobody', 9)).toEqual([]);
  });
});
