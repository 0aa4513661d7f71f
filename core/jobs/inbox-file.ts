import type { Ids } from '../ports/ids.ts';
import type { ObjectFacts } from '../ports/object-store.ts';
import { isInboxKey } from '../uploads/keys.ts';
import type { Job } from './job.ts';

/** The job that a file of the inbox becomes: by the object, not by the event, so that two late tellings are one job. */
export function inboxJobId(ids: Pick<Ids, 'jobIdOf'>, { key, etag, lastModified }: ObjectFacts): string {
  return ids.jobIdOf([key, etag, lastModified].join('\n'));
}

/**
 * Whether a job that waits for its source may start on this object: one of the size that was declared; of the inbox
 * the very file that the job was made for, as another of that name is another job's.
 */
export function isSourceOf(ids: Pick<Ids, 'jobIdOf'>, { jobId, source }: Job, object: ObjectFacts): boolean {
  if (object.sizeBytes !== source.sizeBytes) return false;
  return !isInboxKey(object.key) || inboxJobId(ids, object) === jobId;
}
