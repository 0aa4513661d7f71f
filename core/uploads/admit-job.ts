import { endedStatuses, type Job } from '../jobs/job.ts';
import type { JobStore } from '../ports/job-store.ts';
import type { Usage, UsageStore } from '../ports/usage-store.ts';
import { Refusal } from '../refusals.ts';

export interface Admitting {
  jobs: Pick<JobStore, 'get'>;
  usage: UsageStore;
}

/** Longer than any function that admits a job runs: by then it has written what it admitted, or never will. */
const writingSeconds = 60;

/** Others may take what is freed; who has lost this often has met the limit. */
const mostTries = 5;

/**
 * Counts a run of a job, and the bytes that it brings, among what its owner uses. To be called before the run is
 * written; the same run again counts nothing twice. Nobody has to tell when a job ends: docs/adr/0016-quotas.md.
 * @throws Refusal `too-many-active-jobs`, `daily-bytes-exceeded`
 */
export async function admitJob(
  deps: Admitting,
  { owner, jobId, attempt }: Pick<Job, 'owner' | 'jobId' | 'attempt'>,
  sizeBytes: number,
  now: string,
): Promise<void> {
  const { usage } = deps;
  const { quotas } = usage;
  const run = `${jobId}-${attempt}`;
  let day = now.slice(0, 'yyyy-mm-dd'.length);

  for (let tries = 0; tries < mostTries; tries += 1) {
    if (await usage.add(owner, { run, sizeBytes, day, at: now })) return;

    const used: Usage = (await usage.get(owner)) ?? { day, bytes: 0, active: {} };
    if (used.active[run]) return;
    // Another function's clock is past midnight already.
    if (used.day > day) day = used.day;
    const bytesToday = used.day === day ? used.bytes : 0;
    if (bytesToday + sizeBytes > quotas.dailyBytes) throw dailyBytesExceeded(quotas, bytesToday, now);

    const isFull = Object.keys(used.active).length >= quotas.activeJobs;
    if (isFull && !(await dropEnded(deps, owner, used, now))) break;
  }
  throw tooManyActiveJobs(quotas);
}

/** Whether any run that was counted has ended meanwhile; those count no longer. */
async function dropEnded({ jobs, usage }: Admitting, owner: string, { active }: Usage, now: string) {
  const found = await Promise.all(
    Object.entries(active).map(async ([run, since]) => {
      const dash = run.lastIndexOf('-');
      const attempt = Number(run.slice(dash + 1));
      const job = await jobs.get(run.slice(0, dash));
      if (!job || job.attempt < attempt) return isOlder(since, now) ? [run] : [];
      return job.attempt > attempt || endedStatuses.includes(job.status) ? [run] : [];
    }),
  );
  const ended = found.flat();
  if (ended.length > 0) await usage.drop(owner, ended);
  return ended.length > 0;
}

/** Admitted so long ago that whoever did it died before writing it. */
function isOlder(since: string, now: string): boolean {
  return Date.parse(now) - Date.parse(since) > writingSeconds * 1000;
}

function tooManyActiveJobs({ activeJobs }: UsageStore['quotas']): Refusal {
  return new Refusal(
    'too-many-active-jobs',
    `You have as many jobs waiting or running as you may, unfinished uploads included: ${activeJobs}. ` +
      'Wait until one has ended, or cancel one.',
  );
}

function dailyBytesExceeded({ dailyBytes }: UsageStore['quotas'], usedBytes: number, now: string): Refusal {
  const left = Math.max(0, dailyBytes - usedBytes);
  const midnight = new Date(now).setUTCHours(24, 0, 0, 0);
  return new Refusal(
    'daily-bytes-exceeded',
    `You may upload ${inGib(dailyBytes)} a day, and ${inGib(left)} of it are left today. ` +
      `Send a smaller file, or wait: the day ends at 00:00 UTC.`,
    [],
    { retryAfterSeconds: Math.ceil((midnight - Date.parse(now)) / 1000) },
  );
}

/** Rounded down: what is said to be left is left. */
function inGib(bytes: number): string {
  const gib = bytes / 1024 ** 3;
  return bytes < 1024 ** 3 ? `${Math.floor(bytes / 1024 ** 2)} MiB` : `${Math.floor(gib * 10) / 10} GiB`;
}
