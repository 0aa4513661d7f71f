import { describe, expect, it } from '@jest/globals';
import { createMeter } from '../../lambdas/shared/meter.ts';
import { meteredJobs } from '../../lambdas/shared/metered-jobs.ts';
import { aClip, aJob, noon } from '../support/builders.ts';
import { memoryJobStore } from '../support/memory-job-store.ts';
import { someFacts } from '../support/memory-media.ts';

function aMeter() {
  let ms = 0;
  const pass = (passed: number) => {
    ms += passed;
  };
  pass(150.4);
  const meter = createMeter(
    () => ms,
    () => 3008,
  );
  return { meter, pass };
}

describe('the meter', () => {
  it('bills the start of the function with its first call, and only with that', () => {
    const { meter, pass } = aMeter();

    meter.start();
    pass(1000);
    const first = meter.taken();
    meter.start();
    pass(20);

    expect(first).toMatchObject({ memoryMegabytes: 3008, milliseconds: 1151 });
    expect(meter.taken()?.milliseconds).toBe(20);
  });

  it('does not bill the time in which the function waits for a call', () => {
    const { meter, pass } = aMeter();

    pass(60_000);
    meter.start();
    pass(10);

    expect(meter.taken()?.milliseconds).toBe(161);
  });

  it('counts from nothing at each call', () => {
    const { meter } = aMeter();

    meter.start();
    meter.add('s3Reads', 1);
    meter.add('s3Reads', 1);
    meter.add('tableWrites', 2.5);
    const first = meter.taken();
    meter.start();

    expect(first).toMatchObject({ s3Reads: 2, s3Writes: 0, tableWrites: 2.5, tableReads: 0 });
    expect(meter.taken()).toMatchObject({ s3Reads: 0, tableWrites: 0 });
  });

  it('has nothing to tell where no step was started', () => {
    expect(aMeter().meter.taken()).toBeUndefined();
  });
});

describe('the metered jobs table', () => {
  async function aTable(taken: ReturnType<typeof createMeter>['taken']) {
    const store = memoryJobStore();
    await store.create(aJob({ status: 'clipping', cleanup: 'due' }));
    await store.createClips([aClip({ status: 'rendering' })]);
    return { store, jobs: meteredJobs(store, { taken }) };
  }
  const use = { memoryMegabytes: 1, milliseconds: 2, s3Writes: 3, s3Reads: 4, tableWrites: 5, tableReads: 6 };
  const expected = { status: ['clipping', 'completed'], attempt: 1 } as const;

  it.each([
    ['probeUse', { facts: someFacts }],
    ['audioUse', { audioBytesRead: 0 }],
    ['transcribeUse', { transcribedSeconds: 60 }],
    ['selectUse', { segments: [] }],
    ['finishUse', { status: 'completed' as const }],
    ['cleanUpUse', { cleanup: 'done' as const }],
  ])('writes %s along with what that step found out', async (name, set) => {
    const { store, jobs } = await aTable(() => use);

    await jobs.change('job-1', expected, set);

    expect(await store.get('job-1')).toMatchObject({ ...set, [name]: use });
  });

  it('writes what a clip took when it is done, and not before', async () => {
    const { store, jobs } = await aTable(() => use);
    const rendering = { status: ['rendering'], attempt: 1 } as const;

    await jobs.changeClip(aClip(), rendering, { renderedPercent: 50 });
    const [before] = await store.getClips('job-1');
    await jobs.changeClip(aClip(), rendering, { status: 'completed', completedAt: noon });
    const [after] = await store.getClips('job-1');

    expect(before?.renderUse).toBeUndefined();
    expect(after?.renderUse).toEqual(use);
  });

  it('leaves what was measured before where nothing is metered, and progress alone', async () => {
    const { store, jobs } = await aTable(() => use);
    await jobs.change('job-1', expected, { facts: someFacts });
    const unmetered = meteredJobs(store, { taken: () => undefined });

    await unmetered.change('job-1', expected, { facts: someFacts });
    await jobs.change('job-1', expected, { stagePercent: 50 });

    const job = await store.get('job-1');
    expect(job?.probeUse).toEqual(use);
    expect(Object.keys(job ?? {}).filter((name) => name.endsWith('Use'))).toEqual(['probeUse']);
  });
});
