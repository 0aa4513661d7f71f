import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { UsageStore } from '../../core/ports/usage-store.ts';
import { createDynamoUsageStore } from '../../lambdas/shared/dynamo-usage-store.ts';
import { noon } from '../support/builders.ts';
import { aDynamoTable } from '../support/local-services.ts';
import { memoryUsageStore } from '../support/memory-usage-store.ts';

type Open = (quotas: UsageStore['quotas']) => UsageStore;

const adapters: Record<string, () => Promise<{ open: Open; stop: () => Promise<void> }>> = {
  'in memory': async () => ({ open: memoryUsageStore, stop: async () => undefined }),
  'on DynamoDB': async () => {
    const { client, TableName, stop } = await aDynamoTable();
    return { open: (quotas) => createDynamoUsageStore(client, TableName, quotas), stop };
  },
};
const day = '2026-01-01';
const nextDay = '2026-01-02';
const aRun = (run: string, sizeBytes = 10) => ({ run, sizeBytes, day, at: noon });

describe.each(Object.entries(adapters))('what owners use, kept %s', (_name, start) => {
  let adapter: Awaited<ReturnType<typeof start>>;
  let usage: UsageStore;
  let owner: string;
  let owners = 0;

  beforeAll(async () => {
    adapter = await start();
  });
  afterAll(() => adapter.stop());
  beforeEach(() => {
    usage = adapter.open({ activeJobs: 2, dailyBytes: 100 });
    owners += 1;
    owner = `alice-${owners}`;
  });

  it('is nothing before the first job, then its run and its bytes', async () => {
    const before = await usage.get(owner);

    const added = await usage.add(owner, aRun('job-1', 60));

    expect([before, added]).toEqual([undefined, true]);
    expect(await usage.get(owner)).toEqual({ day, bytes: 60, active: { 'job-1': noon } });
  });

  it('counts a run once, however often it is added', async () => {
    const added = [];
    for (const _ of [1, 2, 3]) added.push(await usage.add(owner, aRun('job-1')));

    expect(added).toEqual([true, false, false]);
    expect(await usage.get(owner)).toMatchObject({ bytes: 10 });
  });

  it('takes as many runs as are allowed, and another one for each that is dropped; the bytes stay', async () => {
    const added = [];
    for (const run of ['a-1', 'b-1', 'c-1']) added.push(await usage.add(owner, aRun(run)));
    await usage.drop(owner, ['a-1', 'unknown-1']);
    added.push(await usage.add(owner, aRun('d-1')));

    expect(added).toEqual([true, true, false, true]);
    expect(await usage.get(owner)).toEqual({ day, bytes: 30, active: { 'b-1': noon, 'd-1': noon } });
  });

  it('takes bytes up to the last one that is allowed, and none more', async () => {
    const added = [
      await usage.add(owner, aRun('too-large-1', 101)),
      await usage.add(owner, aRun('a-1', 99)),
      await usage.add(owner, aRun('b-1', 2)),
      await usage.add(owner, aRun('b-1', 1)),
    ];

    expect(added).toEqual([false, true, false, true]);
    expect(await usage.get(owner)).toMatchObject({ bytes: 100 });
  });

  it('begins anew with the bytes of another day, and never goes back', async () => {
    await usage.add(owner, aRun('a-1', 99));

    const added = [
      await usage.add(owner, { ...aRun('b-1', 50), day: nextDay }),
      await usage.add(owner, { ...aRun('c-1', 1), day }),
    ];

    expect(added).toEqual([true, false]);
    expect(await usage.get(owner)).toMatchObject({ day: nextDay, bytes: 50 });
  });

  it('gives many at a time no more than allowed, of any owner', async () => {
    const roomy = adapter.open({ activeJobs: 5, dailyBytes: 1000 });
    const runs = Array.from({ length: 12 }, (_, n) => aRun(`job-${n}`));

    // The very first may all find no record; so each tries again, as admitJob does.
    const added = await Promise.all(
      runs.map(async (run) => (await roomy.add(owner, run)) || (await roomy.add(owner, run))),
    );
    const others = await roomy.add(`${owner}-other`, aRun('job-1'));

    expect(added.filter(Boolean)).toHaveLength(5);
    expect(Object.keys((await roomy.get(owner))?.active ?? {})).toHaveLength(5);
    expect(others).toBe(true);
  });

  it('drops hundreds of runs, by and by', async () => {
    const roomy = adapter.open({ activeJobs: 130, dailyBytes: 1000 });
    const runs = Array.from({ length: 130 }, (_, n) => `job-${n}`);
    for (const run of runs) await roomy.add(owner, aRun(run, 1));

    await roomy.drop(owner, runs);
    await roomy.drop(owner, runs.slice(100));

    expect(await roomy.get(owner)).toMatchObject({ active: {} });
  });
});
