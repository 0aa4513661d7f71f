import { failJob } from '../../core/jobs/fail-job.ts';
import type { UsageStore } from '../../core/ports/usage-store.ts';
import { presignUpload } from '../../core/uploads/presign-upload.ts';
import { submitFile } from '../../core/uploads/submit-file.ts';
import { readSettings } from '../../lambdas/receive-upload/contract.ts';
import { aJob, noon } from './builders.ts';
import { memoryDeps } from './job-deps.ts';
import { memoryUsageStore } from './memory-usage-store.ts';

const { settings } = aJob();
export const later = (seconds: number) => new Date(Date.parse(noon) + seconds * 1000).toISOString();
export const aRequest = (sizeBytes = 1) => ({ filename: 'talk.mp4', sizeBytes, autoStart: false, settings });

export function quotaDeps(quotas: Partial<UsageStore['quotas']> = {}) {
  const signer = { signUpload: async () => ({ url: 'http://s3/', fields: {}, expiresInSeconds: 3600 }) };
  const usage = memoryUsageStore({ activeJobs: 2, dailyBytes: 1000, ...quotas });
  return { ...memoryDeps(), usage, signer, inboxOwner: 'alice', readSettings };
}
export type QuotaDeps = ReturnType<typeof quotaDeps>;

export const presign = async (deps: QuotaDeps, now = noon, sizeBytes = 1, owner = 'alice') =>
  (await presignUpload(deps, owner, aRequest(sizeBytes), now)).job;

/** Its run is counted still: nobody has looked. */
export async function aFailedJob(deps: QuotaDeps): Promise<string> {
  const submission = { ...aRequest(), content: new Uint8Array(6) };
  const { jobId } = await submitFile(deps, 'alice', submission, noon);
  await failJob(deps.jobs, { jobId, attempt: 1 }, { Error: 'Unknown' }, noon);
  return jobId;
}
