import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { announceJob } from '../../core/announce/announce-job.ts';
import { failJob } from '../../core/jobs/fail-job.ts';
import { reconcileJobs } from '../../core/jobs/reconcile-jobs.ts';
import { retryJob } from '../../core/jobs/retry-job.ts';
import { aJob, noon } from '../support/builders.ts';
import { dyingAt } from '../support/dying.ts';
import { memoryDeps, startedJob } from '../support/job-deps.ts';
import { runJob } from '../support/run-job.ts';

const run = { jobId: 'job-1', attempt: 1 };
const later = () => '2026-01-01T12:30:00.000Z';

describe('the end of a job', () => {
  it('is told once, with what came of it', async () => {
    const deps = await startedJob();
    await runJob(deps, run);

    const first = await announceJob(deps, run);
    const again = await announceJob(deps, run);

    expect([first, again]).toEqual([true, false]);
    expect(deps.announcements.told).toEqual([
      expect.objectContaining({
        event_id: 'job-1-1-completed',
        owner: 'alice',
        clips_completed: 2,
        total_clips: 2,
      }),
    ]);
    expect(deps.announcements.webhooks).toEqual([]);
    expect(JSON.stringify(deps.announcements.told)).not.toMatch(/talk\.mp4|uploads\/|clips\//);
    expect(await Array.fromAsync(deps.jobs.listOpen())).toEqual([]);
  });

  it('is told at least once whenever a function dies, and the source goes all the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 60 }), fc.boolean(), async (at, after) => {
        const deps = await startedJob();
        const dying = dyingAt(deps, at, after);

        await runJob(dying, run).catch(() => undefined);
        await announceJob(dying, run).catch(() => undefined);
        deps.workflow.ended.set('job-1-1', 'failed');
        for (const hour of [13, 14, 15]) await reconcileJobs(deps, () => `2026-01-01T${hour}:00:00.000Z`);

        const { status, cleanup, announcement } = (await deps.jobs.get('job-1'))!;
        expect(deps.announcements.told).toMatchObject([{ status }]);
        expect([announcement, cleanup]).toEqual(['done', status === 'completed' ? 'done' : 'none']);
        expect(await Array.fromAsync(deps.jobs.listOpen())).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('is told again after a retry, as another event, and the former one no more', async () => {
    const deps = await startedJob();
    const timedOut = { Error: 'Sandbox.Timedout' };
    await failJob(deps.jobs, run, timedOut, noon);
    await retryJob(deps, 'alice', 'job-1', noon);

    const late = await announceJob(deps, run);
    await failJob(deps.jobs, { ...run, attempt: 2 }, timedOut, noon);
    await announceJob(deps, { ...run, attempt: 2 });

    expect(late).toBe(false);
    expect(deps.announcements.told).toMatchObject([{ event_id: 'job-1-2-failed', error_code: 'timed_out' }]);
  });

  it('is told of a job that nobody uploaded, and its webhook is called', async () => {
    const deps = memoryDeps();
    const settings = { ...aJob().settings, webhookUrl: 'https://example.com' };
    await deps.jobs.create(aJob({ settings, createdAt: '2025-01-01T00:00:00.000Z', updatedAt: noon }));

    await reconcileJobs(deps, later);

    expect(deps.announcements.told).toMatchObject([{ status: 'expired', total_clips: 0 }]);
    expect(deps.announcements.webhooks).toEqual(['job-1-1-expired']);
  });
});
