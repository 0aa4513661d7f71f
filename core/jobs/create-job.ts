import { limits } from '../limits.ts';
import type { Ids } from '../ports/ids.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { Refusal, uploadNotFound } from '../refusals.ts';
import { describeGiven, type GivenFiles, storeGiven } from './given-files.ts';
import { isSourceOf } from './inbox-file.ts';
import type { Job, JobSettings } from './job.ts';
import { longestRenderSeconds, tooMuchToRender } from './look-of.ts';
import { ownJob } from './own-job.ts';
import { type Starting, startJob } from './start-job.ts';

export interface CreateJobRequest extends GivenFiles {
  jobId: string;
  sourceKey: string;
  /** Over those that came with the upload; what is left out stays as it was there. */
  settings: Partial<JobSettings>;
}

/**
 * Starts the job whose source was uploaded. The same call again answers the same job.
 * @throws Refusal `job-not-found`, `wrong-key`, `validation-failed`, `source-not-uploaded`, `source-size-differs`,
 *   `already-started`, `upload-not-found`
 */
export async function createJob(
  deps: Starting & { uploads: ObjectStore; ids: Ids },
  owner: string,
  request: CreateJobRequest,
  now: string,
): Promise<{ job: Job; started: boolean }> {
  const job = await ownJob(deps.jobs, owner, request.jobId);
  if (job.source.key !== request.sourceKey) {
    throw new Refusal('wrong-key', 'This is not the key of the source of this job.', [
      { field: 's3_key', message: 'Give back the s3_key that came with the job_id.' },
    ]);
  }

  const asked = (of: Job) =>
    mergeSettings(of.settings, { ...request.settings, ...describeGiven(deps.ids, of, request) });
  const settings = asked(job);
  if (job.status !== 'awaiting_upload') return started(deps, job, settings);

  const object = await deps.uploads.head(job.source.key);
  if (!object) {
    throw new Refusal(
      'source-not-uploaded',
      'The source is not there yet: upload it with the presigned form, then call this again.',
    );
  }
  if (object.sizeBytes !== job.source.sizeBytes) {
    throw new Refusal(
      'source-size-differs',
      `${object.sizeBytes} bytes were uploaded, ${job.source.sizeBytes} were declared.`,
    );
  }

  if (!isSourceOf(deps.ids, job, object)) throw uploadNotFound();

  const kept = mergeSettings(settings, await storeGiven(deps, job, request));
  const start = await startJob(deps, job, object, kept, now);
  return start.started ? start : started(deps, start.job, asked(start.job));
}

/** What a second call gets: the same job if it asks for the same, and the start made if it is still to be made. */
async function started(deps: Starting, job: Job, settings: JobSettings) {
  if (job.status === 'expired' || job.status === 'cancelled') {
    if (!job.source.etag) throw uploadNotFound();
    throw new Refusal('already-started', `The job is ${job.status}: ask for a new upload.`);
  }
  if (!sameSettings(job.settings, settings)) {
    throw new Refusal(
      'already-started',
      'The job was started with other settings. Upload the file again for a job with these.',
    );
  }
  if (job.status === 'pending') await deps.workflow.start(job);
  return { job, started: false };
}

function mergeSettings(settings: JobSettings, over: Partial<JobSettings>): JobSettings {
  const given = Object.entries(over).filter(([, value]) => value !== undefined);
  const merged = { ...settings, ...Object.fromEntries(given) };
  if (merged.minDurationSeconds > merged.maxDurationSeconds) {
    throw new Refusal('validation-failed', 'Not valid: min_duration.', [
      { field: 'min_duration', message: 'Must not be greater than max_duration.' },
    ]);
  }
  if (longestRenderSeconds(merged) > limits.renderedSeconds) {
    throw new Refusal('validation-failed', 'Not valid: outputs.', [
      { field: 'outputs', message: tooMuchToRender },
    ]);
  }
  return merged;
}

function sameSettings(a: JobSettings, b: JobSettings): boolean {
  return canonical(a) === canonical(b);
}

/** JSON with sorted keys and without undefined members, so that it does not matter how a record was stored. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, member) =>
    member && typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1)))
      : member,
  );
}
