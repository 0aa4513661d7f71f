import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import type { TrialCounts, TrialOptions } from '../run-trial.ts';
import { type MortalCloud, startMortalCloud } from './mortal-cloud.ts';
import { faultOf, startJob } from './run-job.ts';
import { killOne, type Victim, victims } from './victims.ts';

interface Blow {
  victim: Victim;
  /** When, as a share of the time that a job takes if nobody disturbs it. */
  moment: number;
  /** Which of several, 0 to 1. */
  pick: number;
}

const share = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const blow: fc.Arbitrary<Blow> = fc.record({
  victim: fc.constantFrom(...victims),
  moment: share,
  pick: share,
});

/** One job after another, each struck once. A blow that came too late, when its job had ended, is dealt again. */
export async function kills({ runs, seed, signal, print }: TrialOptions): Promise<TrialCounts> {
  const folder = await mkdtemp(join(tmpdir(), 'clipwright-kills-'));
  const counts = { runs: 0, cloud: 0, function: 0, ffmpeg: 0, recovered: 0, too_late: 0, violations: 0 };
  const blame = (what: string) => {
    counts.violations += 1;
    print(`✗ ${what}`);
  };

  try {
    const cloud = await startMortalCloud(folder);
    try {
      const undisturbedMs = await timeOfJob(cloud, signal);
      for (const strike of fc.sample(blow, { numRuns: 3 * runs, seed })) {
        if (counts.runs === runs || signal.aborted) break;
        const { struck, faults } = await strikeJob(cloud, strike, undisturbedMs, signal);
        if (!struck) counts.too_late += 1;
        else {
          counts.runs += 1;
          counts[strike.victim] += 1;
          if (faults.length === 0) counts.recovered += 1;
          if (counts.runs % 10 === 0) print(`${counts.runs} kills, ${counts.recovered} recovered`);
        }
        for (const fault of faults) blame(`${strike.victim} at ${strike.moment.toFixed(2)}: ${fault}`);
      }
    } finally {
      for (const left of await cloud.stop()) blame(`left behind: ${left}`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return counts;
}

async function timeOfJob(cloud: MortalCloud, signal: AbortSignal): Promise<number> {
  const startedMs = Date.now();
  const fault = await faultOf(cloud, await startJob(cloud), signal);
  if (fault) throw new Error(`A job that nobody disturbed ended wrongly: ${fault}`);
  return Date.now() - startedMs;
}

async function strikeJob(
  cloud: MortalCloud,
  { victim, moment, pick }: Blow,
  jobMs: number,
  signal: AbortSignal,
) {
  const job = startJob(cloud).then(async (jobId) => ({ jobId, fault: await faultOf(cloud, jobId, signal) }));
  let over = false;
  const end = job.finally(() => {
    over = true;
  });
  end.catch(() => undefined);

  await Promise.race([sleep(moment * jobMs), end.catch(() => undefined)]);
  let struck = false;
  while (!struck && !over) {
    struck = await killOne(cloud, victim, pick);
    if (!struck) await sleep(20);
  }
  const survivors = await cloud.revive();

  const { jobId, fault } = await end;
  const faults = [
    ...(fault ? [`job ${jobId} ${fault}`] : []),
    ...survivors.map((process) => `outlived the cloud: ${process}`),
    ...(await leftovers(cloud)).map((file) => `temporary file ${file}`),
  ];
  return { struck, faults };
}

/** A function whose job has ended may take a moment to put its folder in order. */
async function leftovers(cloud: MortalCloud): Promise<string[]> {
  for (let looks = 0; looks < 50 && cloud.temporaryFiles().length > 0; looks += 1) await sleep(100);
  return cloud.temporaryFiles();
}
