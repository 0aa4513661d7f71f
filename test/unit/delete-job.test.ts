import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cancelJob } from '../../core/jobs/cancel-job.ts';
import { deleteJob, sweepTombstones } from '../../core/jobs/delete-job.ts';
import { limits } from '../../core/limits.ts';
import { aJob, noon } from '../support/builders.ts';
import { Died, dyingAt, interruptedAt } from '../support/dying.ts';
import { memoryDeps, startedJob } from '../support/job-deps.ts';
import { runJob } from '../support/run-job.ts';

type Deps = ReturnType<typeof memoryDeps>;

const run = { jobId: 'job-1', attempt: 1 };
const secondsLater = (seconds: number) => new Date(Date.parse(noon) + seconds * 1000).toISOString();
const erase = (deps: Deps) => deleteJob(deps, 'alice', 'job-1', noon);
const sweep = (deps: Deps) => sweepTombstones(deps, secondsLater(limits.tombstoneSeconds));

/** Everything of any job that is left anywhere. */
async function leftOf({ jobs, uploads, clips }: Deps): Promise<unknown[]> {
  return [
    ...uploads.keys(),
    ...clips.keys(),
    ...(await jobs.getClips('job-1')),
    ...jobs.notes,
    ...(await Array.fromAsync(jobs.listBuried())),
  ];
}

async function finishedJob() {
  const deps = await startedJob();
  await runJob(deps, run);
  return deps;
}

describe('deleting', () => {
  it('takes the objects and the records along, and leaves a tombstone for a while', async () => {
    const deps = await finishedJob();

    await erase(deps);
    const [tombstone, ...others] = await leftOf(deps);
    await sweep(deps);

    expect(tombstone).toMatchObject({ jobId: 'job-1', updatedAt: noon });
    expect(others).toEqual([]);
    expect(await leftOf(deps)).toEqual([]);
  });

  it('that died at any call hides the job or keeps it whole, and the sweep does the rest', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 32 }), fc.boolean(), async (at, after) => {
        const deps = await finishedJob();

        const outcome = await erase(dyingAt(deps, at, after)).catch((error) => error);
        fc.pre(outcome instanceof Died);
        if (await deps.jobs.get('job-1')) {
          expect(deps.clips.keys()).toHaveLength(4);
          await erase(deps);
        }
        await sweep(deps);

        expect(await leftOf(deps)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('leaves nothing of a job that was cancelled and deleted while its functions still ran', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 45 }), async (at) => {
        const deps = await startedJob();
        let deleted = false;
        const before = async () => {
          await cancelJob(deps, 'alice', 'job-1', noon);
          await erase(deps);
          deleted = true;
        };

        await runJob(interruptedAt(deps, at, { before }), run).catch(() => undefined);
        fc.pre(deleted);
        await sweep(deps);

        expect(await leftOf(deps)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('of a file in the inbox spares another that took its name', async () => {
    const deps = memoryDeps();
    const source = {
      ...aJob().source,
      key: 'inbox/talk.mp4',
      etag: deps.uploads.put('inbox/talk.mp4', 'mine').etag,
    };
    await deps.jobs.create(aJob({ status: 'failed', source }));
    deps.uploads.put('inbox/talk.mp4', 'the next one');

    await erase(deps);

    expect(deps.uploads.keys()).toEqual(['inbox/talk.mp4']);
  });

  it('gives an upload in parts up that was never finished', async () => {
    const deps = memoryDeps();
    const { source } = aJob();
    const begun = await deps.multipart.begin(source);
    await deps.jobs.create(
      aJob({ status: 'expired', upload: { uploadId: begun.uploadId, partSizeBytes: 5, numParts: 1 } }),
    );

    await erase(deps);

    expect(await deps.multipart.listParts(begun)).toBeUndefined();
  });

  it.each(['awaiting_upload', 'pending', 'clipping'] as const)(
    'a job that is %s is refused',
    async (status) => {
      const deps = memoryDeps();
      await deps.jobs.create(aJob({ status }));

      await expect(erase(deps)).rejects.toMatchObject({ code: 'job-running' });
      expect(await deps.jobs.get('job-1')).toEqual(aJob({ status }));
    },
  );

  it('twice at once, or again later, is answered the same until the job is forgotten', async () => {
    const deps = await finishedJob();

    await Promise.all([erase(deps), erase(deps)]);
    await erase(deps);
    await sweep(deps);

    await expect(erase(deps)).rejects.toMatchObject({ code: 'job-not-found' });
  });

  it('again finishes what a crash left undone', async () => {
    const deps = await finishedJob();
    await erase(dyingAt(deps, 4, false)).catch(() => undefined);
    expect(deps.clips.keys()).toHaveLength(4);

    await erase(deps);

    expect([...deps.uploads.keys(), ...deps.clips.keys()]).toEqual([]);
  });

  it('again by a stranger finds no job', async () => {
    const deps = await finishedJob();
    await erase(deps);

    const refused = deleteJob(deps, 'mallory', 'job-1', noon);

    await expect(refused).rejects.toMatchObject({ code: 'job-not-found' });
  });
});

describe('the sweep', () => {
  it('waits until no function or form of the job can write any more', async () => {
    const deps = await finishedJob();
    await erase(deps);

    const early = await sweepTombstones(deps, secondsLater(limits.tombstoneSeconds - 1));

    expect(early.swept).toBe(0);
    expect(await leftOf(deps)).toHaveLength(1);
  });

  it('goes on past a job that cannot be erased, and tries that again next time', async () => {
    const deps = await finishedJob();
    const head = deps.clips.head;
    await erase(deps);
    await deps.jobs.create(aJob({ jobId: 'job-2', status: 'failed' }));
    await deleteJob(deps, 'alice', 'job-2', noon);
    deps.clips.head = async () => Promise.reject(new Error('down'));

    const troubled = await sweep(deps);
    deps.clips.head = head;
    const well = await sweep(deps);

    expect(troubled).toMatchObject({ swept: 1, errors: [{ jobId: 'job-1' }] });
    expect(well).toMatchObject({ swept: 1, errors: [] });
    expect(await leftOf(deps)).toEqual([]);
  });
});
