import type { Ids, ObjectStore } from '../ports.ts';
import { acceptedType } from '../uploads/accepted-types.ts';
import { cleanFilename } from '../uploads/filename.ts';
import { readArrivalKey } from '../uploads/keys.ts';
import type { Job, JobSettings } from './job.ts';
import { type Starting, startJob } from './start-job.ts';

/** An object appeared in the uploads bucket. The same arrival may be told more than once, and late. */
export interface Arrival {
  key: string;
  /** Different for each write of a key, the same in every telling of one. */
  sequencer: string;
}

export interface Receiving extends Starting {
  uploads: ObjectStore;
  ids: Ids;
  /** Who owns what is dropped in the inbox. */
  inboxOwner: string;
  /** Settings from the object's metadata, else the defaults, with a note for each that could not be used. */
  readSettings(metadata: Record<string, string>): { settings: JobSettings; notes: string[] };
}

/**
 * Marks a job's source as arrived, and starts the job if it was to start by itself. An object under
 * `inbox/` becomes a job of its own. Arrivals that mean nothing (other keys, jobs that went on) change nothing.
 */
export async function receiveSource(
  deps: Receiving,
  arrival: Arrival,
  now: string,
): Promise<'started' | 'arrived' | 'ignored'> {
  const meaning = readArrivalKey(arrival.key);
  if (!meaning) return 'ignored';
  return 'inbox' in meaning
    ? receiveFromInbox(deps, arrival, meaning.inbox, now)
    : receiveUpload(deps, meaning.jobId, arrival.key, now);
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

async function receiveFromInbox(deps: Receiving, arrival: Arrival, name: string, now: string) {
  const object = await deps.uploads.head(arrival.key);
  if (!object) return 'ignored';

  const filename = cleanFilename(name) ?? 'recording';
  const { settings, notes } = deps.readSettings(object.metadata);
  const job: Job = {
    jobId: deps.ids.jobIdOf(`${arrival.key}\n${arrival.sequencer}`),
    owner: deps.inboxOwner,
    status: 'awaiting_upload',
    attempt: 1,
    cleanup: 'none',
    autoStart: true,
    settings,
    notes,
    source: {
      key: arrival.key,
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
