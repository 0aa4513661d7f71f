import type { Ids } from '../ports/ids.ts';
import type { JobStore } from '../ports/job-store.ts';
import type { ObjectFacts, ObjectStore } from '../ports/object-store.ts';
import { Refusal } from '../refusals.ts';
import { acceptedType } from '../uploads/accepted-types.ts';
import { type Admitting, admitJob } from '../uploads/admit-job.ts';
import { cleanFilename } from '../uploads/filename.ts';
import { readArrivalKey } from '../uploads/keys.ts';
import { inboxJobId, isSourceOf } from './inbox-file.ts';
import type { Job, JobSettings } from './job.ts';
import { type Starting, startJob } from './start-job.ts';

export interface Receiving extends Starting, Admitting {
  jobs: JobStore;
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
 * `arrivedAt` is the storage's word, which may come after that of who starts the job.
 */
export async function receiveSource(
  deps: Receiving,
  key: string,
  now: string,
  arrivedAt = now,
): Promise<'started' | 'arrived' | 'ignored'> {
  const meaning = readArrivalKey(key);
  if (!meaning) return 'ignored';
  return 'inbox' in meaning
    ? receiveFromInbox(deps, key, meaning.inbox, now)
    : receiveUpload(deps, meaning.jobId, key, { now, arrivedAt });
}

async function receiveUpload(
  deps: Receiving,
  jobId: string,
  key: string,
  { now, arrivedAt }: { now: string; arrivedAt: string },
) {
  const job = await deps.jobs.get(jobId);
  if (!job || job.source.key !== key) return 'ignored';
  if (job.status === 'completed' && job.cleanup === 'done') return cleanUpAgain(deps, job, now);
  if (job.autoStart) return startIfComplete(deps, job, now);
  if (job.status !== 'awaiting_upload' || job.source.arrivedAt) return 'ignored';

  const mark = await deps.jobs.change(
    jobId,
    { status: ['awaiting_upload'], attempt: job.attempt },
    { source: { ...job.source, arrivedAt }, updatedAt: now },
  );
  if (!mark.changed) return 'ignored';
  await deps.jobs.note(jobId, arrivedAt, 'The source arrived');
  return 'arrived';
}

/** A form works for an hour, and as often as it is sent: what comes after the cleanup is one more thing to clean up. */
async function cleanUpAgain({ jobs, uploads }: Receiving, job: Job, now: string): Promise<'ignored'> {
  const object = await uploads.head(job.source.key);
  if (!object) return 'ignored';

  const { key, etag, sizeBytes } = object;
  const change = await jobs.change(
    job.jobId,
    { status: ['completed'], attempt: job.attempt, cleanup: ['done'] },
    { cleanup: 'due', deletions: [{ key, etag, sizeBytes }], updatedAt: now },
  );
  if (change.changed) await jobs.note(job.jobId, now, 'The file was uploaded once more: it will be deleted');
  return 'ignored';
}

async function receiveFromInbox(deps: Receiving, key: string, name: string, now: string) {
  const { inboxOwner: owner } = deps;
  const object = await deps.uploads.head(key);
  if (!object || !owner) return 'ignored';

  const filename = cleanFilename(name) ?? 'recording';
  const { settings, notes } = deps.readSettings(object.metadata);
  const job: Job = {
    jobId: inboxJobId(deps.ids, object),
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

  const known = await deps.jobs.get(job.jobId);
  if (known) return startIfComplete(deps, known, now, object);
  try {
    await admitJob(deps, job, object.sizeBytes, now);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return leaveInInbox(deps, job, error, now);
  }
  await deps.jobs.create(job);
  const current = (await deps.jobs.get(job.jobId)) ?? job;
  return startIfComplete(deps, current, now, object);
}

/** Nobody waits for an answer here: what is over a quota becomes a job that tells why it was not started. */
async function leaveInInbox({ jobs }: Receiving, job: Job, { code, message }: Refusal, now: string) {
  // Should we die before it is marked as expired, nothing starts it, and it expires in a day.
  await jobs.create({ ...job, autoStart: false });
  const failure = { code: code.replaceAll('-', '_'), message: `${message} Then put the file there again.` };
  const expired = { status: 'expired', failure, announcement: 'due', updatedAt: now } as const;
  await jobs.change(job.jobId, { status: ['awaiting_upload'], attempt: job.attempt }, expired);
  return 'ignored' as const;
}

/** Starts with the object as it is now; a later one of another size is no source of this job. */
async function startIfComplete(deps: Receiving, job: Job, now: string, seen?: ObjectFacts) {
  if (job.status !== 'awaiting_upload' && job.status !== 'pending') return 'ignored';

  const object = seen ?? (await deps.uploads.head(job.source.key));
  if (!object || !isSourceOf(deps.ids, job, object)) return 'ignored';

  const { started } = await startJob(deps, job, object, job.settings, now);
  return started ? 'started' : 'ignored';
}
