import type { GivenFiles } from '../jobs/given-files.ts';
import type { Job, JobSettings } from '../jobs/job.ts';
import { type Starting, startJob } from '../jobs/start-job.ts';
import { limits } from '../limits.ts';
import type { Ids } from '../ports/ids.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { Refusal } from '../refusals.ts';
import { type Admitting, admitJob } from './admit-job.ts';
import { waitingJob, withGiven } from './waiting-job.ts';

export interface Submission extends GivenFiles {
  filename: string;
  content: Uint8Array;
  settings: JobSettings;
}

/**
 * Makes a job of a small file, stores its source and starts it. The job is there before its source: should we die
 * in between, the arrival of the source starts it, or it expires.
 * @throws Refusal `file-too-large-for-form`, `unsupported-file-type`, `validation-failed` (media_file),
 *   `too-many-active-jobs`, `daily-bytes-exceeded`
 */
export async function submitFile(
  deps: Starting & Admitting & { uploads: ObjectStore; ids: Ids },
  owner: string,
  { filename, content, settings, ...given }: Submission,
  now: string,
): Promise<Job> {
  if (content.length > limits.formFileBytes) throw tooLarge(content.length);
  const request = { filename, sizeBytes: content.length, autoStart: true, settings };
  const { job: waiting } = waitingJob(deps.ids, owner, request, now, 'media_file');
  await admitJob(deps, waiting, content.length, now);
  const job = await withGiven(deps, waiting, given);
  if (!(await deps.jobs.create(job))) throw new Error(`The new job id ${job.jobId} is taken.`);

  const stored = await deps.uploads.putBytes(job.source.key, content, job.source);

  const start = await startJob(deps, job, stored, job.settings, now);
  return start.job;
}

function tooLarge(sizeBytes: number): Refusal {
  const mib = limits.formFileBytes / 1024 ** 2;
  const detail =
    `The file has ${sizeBytes} bytes; a form takes up to ${mib} MiB. ` +
    'Ask for a presigned upload with the path in link, and send the file straight to storage.';
  return new Refusal(
    'file-too-large-for-form',
    detail,
    [{ field: 'media_file', message: `At most ${limits.formFileBytes} bytes.` }],
    { link: '/api/upload/presigned-url' },
  );
}
