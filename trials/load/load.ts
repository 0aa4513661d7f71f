import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { anApi } from '../../test/support/api.ts';
import { startCloudProcess } from '../../test/support/cloud-process.ts';
import type { TrialCounts, TrialOptions } from '../run-trial.ts';
import { watchMemory } from './watch-memory.ts';

const recording = join('test', 'media', 'fixtures', 'talk.mp4');
const segments = Array.from({ length: 8 }, (_, n) => ({ start_time: 1 + 3 * n, end_time: 3 + 3 * n }));
/** Memory that grows with each job would grow by far more than this over the latter half of them. */
const goalGrowth = 1.25;
/** Of the jobs that complete first: so many of them at least are of the owner who came second. */
const goalShareOfSecond = 1 / 3;

type Owner = 'alice' | 'bob';

/** `runs` jobs at once: half of them one owner's, queued first, half of them another's. */
export async function load({ runs, signal, print }: TrialOptions): Promise<TrialCounts> {
  const folder = await mkdtemp(join(tmpdir(), 'clipwright-load-'));
  const cloud = await startCloudProcess(folder, { auth: true });
  const faults: string[] = [];
  const completed: Owner[] = [];
  try {
    const apis = {
      alice: anApi(cloud.apiUrl, cloud.tokens?.alice),
      bob: anApi(cloud.apiUrl, cloud.tokens?.bob),
    };
    const jobs: { owner: Owner; jobId: string }[] = [];
    for (let n = 0; n < runs && !signal.aborted; n += 1) {
      const owner = n < runs / 2 ? 'alice' : 'bob';
      jobs.push({ owner, jobId: await apis[owner].start(recording, { segments }) });
    }
    print(`${jobs.length} jobs are queued`);

    const memory = watchMemory(cloud.child.pid!);
    const open = new Set(jobs);
    while (open.size > 0 && !signal.aborted) {
      for (const job of open) {
        const { body } = await apis[job.owner].get(`/api/jobs/${job.jobId}`);
        if (['failed', 'cancelled', 'expired'].includes(body.status)) {
          faults.push(`${job.owner}'s job ${job.jobId} ${body.status}: ${body.error_code}`);
          open.delete(job);
        } else if (body.status === 'completed' && body.source.deleted_at) {
          const { body: answer } = await apis[job.owner].get(`/api/jobs/${job.jobId}/clips`);
          if (answer.total_clips !== segments.length)
            faults.push(`${job.jobId} has ${answer.total_clips} clips`);
          completed.push(job.owner);
          open.delete(job);
          if (completed.length % 10 === 0) print(`${completed.length} completed`);
        }
      }
      await sleep(1000);
    }

    const { growth, peakMegabytes, peakProcesses } = memory.stop();
    const firstHalf = completed.slice(0, Math.floor(completed.length / 2));
    const ofSecond = firstHalf.filter((owner) => owner === 'bob').length;
    if (!signal.aborted && ofSecond < goalShareOfSecond * firstHalf.length) {
      faults.push(`Only ${ofSecond} of the ${firstHalf.length} that completed first are of who came second.`);
    }
    if (growth > goalGrowth)
      faults.push(`The cloud's memory grew to ${growth.toFixed(2)} times what it was.`);
    for (const fault of faults) print(`✗ ${fault}`);
    return {
      runs: jobs.length,
      completed: completed.length,
      clips: completed.length * segments.length,
      second_owner_in_first_half: ofSecond,
      memory_growth: Number(growth.toFixed(3)),
      peak_mb: peakMegabytes,
      peak_processes: peakProcesses,
      violations: faults.length,
    };
  } finally {
    await cloud.kill('SIGTERM');
    await rm(folder, { recursive: true, force: true });
  }
}
