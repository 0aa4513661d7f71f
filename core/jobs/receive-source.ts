import type { Ids, ObjectStore } from '../ports.ts';
import { acceptedType } from '../uploads/accepted-types.ts';
import { cleanFilename } from '../uploads/filename.ts';
import { readArrivalKey } from '../uploads/keys.ts';
import type { Job, JobSettings } from './job.ts';
import { type Starting, startJob } from './start-job.ts';

export interface Receiving extends Starting {
  uploads: ObjectStore;
  ids: Ids;
  /** Who owns what is dropped in the inbox; without one nothing is taken there. */
  inboxOwner?: string;
  /** Settings from the object's metadata, else the defaults, with a note for each that could not be used. */
  readSettings(metadata: Record<string, string>): { settings: JobSettings; notes: string[] };
}

/**
 * An object appeared under this key; the same may be told more than once, and late.
 * Marks a job's source as arrived, and starts the job if it was to start by itself. An object under
 * `inbox/` becomes a job of its own. Arrivals that mean nothing (other keys, jobs that went on) change nothing.
 */
export async function receiveSource(
  deps: Receiving,
  key: string,
  now: string,
): Promise<'started' | 'arrived' | 'ignored'> {
  const meaning = readArrivalKey(key);
  if (!meaning) return 'ignored';
  return 'inbox' in meaning
    ? receiveFromInbox(deps, key, meaning.inbox, now)
    : receiveUpload(deps, meaning.jobId, key, now);
}

async function receiveUpload(deps: Receiving, jobId: string, key: string, now: string) {
  const job = await deps.jobs.get(jobId);
  if (!job || job.source.key !== key) return 'ignored';
  if (job.autoStart) return startIfComplete(deps, job, now);
  if (job.status !== 'awaiting_upload' || job.source.arrivedAt) return 'ignored';

  const mark = await deps.jobs.change(
    jobId,
    { status: ['awaiting_upload'], attempt: job.attempt },
    { source: { ...job.source, arrivedAt: now }, updatedAt: now },
  );
  return mark.changed ? 'arrived' : 'ignored';
}

async function receiveFromInbox(deps: Receiving, key: string, name: string, now: string) {
  const { inboxOwner: owner } = deps;
  const object = await deps.uploads.head(key);
  if (!object || !owner) return 'ignored';

  const filename = cleanFilename(name) ?? 'recording';
  const { settings, notes } = deps.readSettings(object.metadata);
  const job: Job = {
    // By the object that is there now, not by the event: two late tellings of two writes are one job.
    jobId: deps.ids.jobIdOf([object.key, object.etag, object.lastModified].join('\n')),
    owner,
    status: 'awaiting_upload',
    attempt: 1,
    cleanup: 'none',
    autoStart: true,
    settings,
    notes,
    source: {
      key,
      filename,
      contentType: object.contentType ?? acceptedType(filename)?.contentType ?? 'application/octet-stream',
      sizeBytes: object.sizeBytes,
    },
    reachedAt: { awaiting_upload: now },
    createdAt: now,
    updatedAt: now,
  };

  await deps.jobs.create(job);
  const current = (await deps.jobs.get(job.jobId)) ?? job;
  return startIfComplete(deps, current, now);
}

/** Starts with the object as it is now; a later one of another size is no source of this job. */
async function startIfComplete(deps: Receiving, job: Job, now: string) {
  if (job.status !== 'awaiting_upload' && job.status !== 'pending') return 'ignored';

  const object = await deps.uploads.head(job.source.key);
  if (!object || object.sizeBytes !== job.source.sizeBytes) return 'ignored';

  const { started } = await startJob(deps, job, object, job.settings, now);
  return started ? 'started' : 'ignored';
}
