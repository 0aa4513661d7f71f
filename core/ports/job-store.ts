import type { Clip, ClipStatus, Job, JobStatus, Tombstone } from '../jobs/job.ts';

/** What a writer expects to find; a change is made only if it still holds. */
export interface ExpectedJob {
  status: readonly JobStatus[];
  attempt: number;
  cleanup?: Job['cleanup'][];
  announcement?: NonNullable<Job['announcement']>[];
}

/** `changed: false` answers what stands there instead. */
export type Change<T> = { changed: true; now: T } | { changed: false; now: T | undefined };

/** What a change writes: members that are left out or undefined stay as they are, `null` takes one away. */
export type Changes<T> = { [K in keyof T]?: T[K] | (undefined extends T[K] ? null : never) };

/** The jobs table. Every change of state is one conditional update of one record. */
export interface JobStore {
  /** Answers false, and changes nothing, if the id is taken. */
  create(job: Job): Promise<boolean>;
  get(jobId: string): Promise<Job | undefined>;
  change(jobId: string, expected: ExpectedJob, set: Changes<Job>): Promise<Change<Job>>;
  /** Newest first. `cursor` is opaque and belongs to this owner. */
  listByOwner(owner: string, page: { limit: number; cursor?: string; status?: JobStatus }): Promise<JobPage>;
  /** All jobs that reconciliation has to look at, longest unchanged first, read page by page. */
  listOpen(): AsyncIterable<Job>;

  /** Keeps the clips that are there already: segments are chosen once a job. */
  createClips(clips: Clip[]): Promise<void>;
  getClips(jobId: string): Promise<Clip[]>;
  changeClip(
    clip: Pick<Clip, 'jobId' | 'clipNumber'>,
    expected: { status: readonly ClipStatus[]; attempt: number },
    set: Changes<Clip>,
  ): Promise<Change<Clip>>;

  /** A line of the timeline that the owner sees; the same line twice is one. */
  note(jobId: string, at: string, text: string): Promise<void>;
  /** The last lines of a timeline, at most `limit`, in their order. */
  timeline(jobId: string, limit: number): Promise<TimelineEntry[]>;

  /**
   * Leaves a tombstone where the job was: from this one conditional update on no other call knows the job,
   * but its id is not free.
   */
  bury(jobId: string, expected: ExpectedJob, at: string): Promise<Change<Tombstone>>;
  getBuried(jobId: string): Promise<Tombstone | undefined>;
  /** All tombstones, oldest first, read page by page. */
  listBuried(): AsyncIterable<Tombstone>;
  /** Deletes the clips and the timeline of a buried job. */
  eraseRecords(jobId: string): Promise<void>;
  /** Deletes the tombstone itself. */
  forget(jobId: string): Promise<void>;
}

/** What happened to a job, in words for its owner. */
export interface TimelineEntry {
  /** ISO 8601 in UTC. */
  at: string;
  text: string;
}

export interface JobPage {
  jobs: Job[];
  nextCursor?: string;
}

/** Thrown by listByOwner for a cursor that it did not make for this owner. */
export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';
}
