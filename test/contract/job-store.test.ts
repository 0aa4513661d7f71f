import { expect, it } from '@jest/globals';
import { aClip, aJob } from '../support/builders.ts';
import { describeJobStores } from '../support/describe-job-stores.ts';

describeJobStores((given) => {
  it('gives back a job as it was made', async () => {
    const { jobs, jobId, owner } = given();
    const job = aJob({ jobId, owner, notes: ['ünïcode'], settings: { ...aJob().settings, segments: [] } });

    expect(await jobs.create(job)).toBe(true);
    expect(await jobs.get(jobId)).toEqual(job);
    expect(await jobs.get('nobody')).toBeUndefined();
  });

  it('makes no job twice', async () => {
    const { jobs, jobId, owner } = given();
    await jobs.create(aJob({ jobId, owner }));

    expect(await jobs.create(aJob({ jobId, owner: 'other' }))).toBe(false);
    expect((await jobs.get(jobId))?.owner).toBe(owner);
  });

  it('changes a job that is as expected, and answers it', async () => {
    const { jobs, jobId, owner } = given();
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
    const { jobs, jobId, owner } = given();
    const job = aJob({ jobId, owner });
    await jobs.create(job);

    const change = await jobs.change(jobId, expected, { status: 'failed' });

    expect(change).toEqual({ changed: false, now: job });
  });

  it('changes no job that is not there', async () => {
    const { jobs } = given();
    const change = await jobs.change('nobody', { status: ['pending'], attempt: 1 }, { status: 'failed' });

    expect(change).toEqual({ changed: false, now: undefined });
    expect(await jobs.get('nobody')).toBeUndefined();
  });

  it('lets one of many writers win', async () => {
    const { jobs, jobId, owner } = given();
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

  it('changes a job only where what is to be announced is as expected', async () => {
    const { jobs, jobId, owner } = given();
    await jobs.create(aJob({ jobId, owner, status: 'failed', announcement: 'due' }));
    const announce = () =>
      jobs.change(jobId, { status: ['failed'], attempt: 1, announcement: ['due'] }, { announcement: 'done' });

    expect([(await announce()).changed, (await announce()).changed]).toEqual([true, false]);
  });

  it('keeps the clips that are there already, and gives them back in order', async () => {
    const { jobs, jobId } = given();
    await jobs.createClips([2, 1].map((clipNumber) => aClip({ jobId, clipNumber })));
    await jobs.createClips([aClip({ jobId, clipNumber: 1, title: 'other' })]);

    const clips = await jobs.getClips(jobId);

    expect(clips.map(({ title }) => title)).toEqual(['Clip 1', 'Clip 2']);
    expect(clips[1]).toEqual(aClip({ jobId, clipNumber: 2 }));
  });

  it('changes a clip only where status and attempt are as expected', async () => {
    const { jobs, jobId } = given();
    await jobs.createClips([aClip({ jobId })]);
    const clip = { jobId, clipNumber: 1 };

    const stale = await jobs.changeClip(clip, { status: ['pending'], attempt: 2 }, { status: 'failed' });
    const change = await jobs.changeClip(clip, { status: ['pending'], attempt: 1 }, { status: 'rendering' });

    expect(stale).toMatchObject({ changed: false, now: { status: 'pending' } });
    expect(change).toMatchObject({ changed: true, now: { status: 'rendering' } });
  });

  it('takes away what is set to null', async () => {
    const { jobs, jobId, owner } = given();
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

  it('takes notes of a job without showing them as jobs or clips', async () => {
    const { jobs, jobId, owner } = given();
    await jobs.create(aJob({ jobId, owner }));
    await jobs.note(jobId, '2026-01-01T00:00:00Z', 'pending');

    expect(await jobs.getClips(jobId)).toEqual([]);
    expect((await jobs.listByOwner(owner, { limit: 5 })).jobs).toHaveLength(1);
  });

  it('tells the last lines of a timeline in their order, each once, and of no other job', async () => {
    const { jobs, jobId } = given();
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
