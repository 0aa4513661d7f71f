import type { JobEvent } from './announce/job-event.ts';
import type { Clip, ClipStatus, Job, JobStatus, Tombstone } from './jobs/job.ts';
import type { ByteSource } from './media/types.ts';
import type { Transcript } from './transcript/types.ts';

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

/** What an owner uses of their quotas. */
export interface Usage {
  /** In UTC: `2026-01-31`. */
  day: string;
  /** Of all sources that were announced on that day. */
  bytes: number;
  /** Runs (`<job id>-<attempt>`) that had not ended when somebody last looked, and since when each counts. */
  active: Record<string, string>;
}

/** One record an owner. Each call is one conditional write of it, so that many at a time never get more than allowed. */
export interface UsageStore {
  /** What each owner may use: jobs at a time, bytes of sources a day. */
  quotas: { activeJobs: number; dailyBytes: number };
  get(owner: string): Promise<Usage | undefined>;
  /** Answers false, and changes nothing, if the run is counted already, a quota is in the way or the day is over. */
  add(owner: string, admitted: { run: string; sizeBytes: number; day: string; at: string }): Promise<boolean>;
  /** Counts these runs no longer; the bytes stay. */
  drop(owner: string, runs: string[]): Promise<void>;
}

export interface JobPage {
  jobs: Job[];
  nextCursor?: string;
}

/** Thrown by listByOwner for a cursor that it did not make for this owner. */
export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';
}

export interface ObjectFacts {
  key: string;
  etag: string;
  sizeBytes: number;
  contentType?: string;
  /** ISO 8601; S3 knows it to the second. */
  lastModified: string;
  /** The user metadata, `x-amz-meta-…` without the prefix. */
  metadata: Record<string, string>;
}

export type StoredObject = Pick<ObjectFacts, 'key' | 'etag' | 'sizeBytes'>;

/** One bucket. ETags are without quotes. */
export interface ObjectStore {
  /** Undefined if there is no such object. */
  head(key: string): Promise<ObjectFacts | undefined>;
  /** Reads demand this ETag: SourceChanged if it is another object now, SourceMissing if there is none. */
  open(object: { key: string; etag: string; sizeBytes: number }): ByteSource;
  /** Writes a file. With `once` an object that is there already is left alone, and `created` is false. */
  putFile(
    key: string,
    path: string,
    options: { contentType: string; metadata?: Record<string, string>; once?: boolean },
  ): Promise<{ created: boolean; etag: string; sizeBytes: number }>;
  /** Writes what is small enough to be in memory; `once` as above. */
  putBytes(
    key: string,
    content: Uint8Array,
    options: { contentType: string; once?: boolean },
  ): Promise<StoredObject>;
  /** Deletes exactly this object; `changed` (nothing deleted) if another one stands there now. */
  delete(object: { key: string; etag: string }): Promise<'deleted' | 'missing' | 'changed'>;
}

/** An upload in parts that was begun. */
export interface MultipartUpload {
  key: string;
  uploadId: string;
}

export interface UploadedPart {
  /** 1, 2, … */
  partNumber: number;
  etag: string;
  sizeBytes: number;
}

/** The uploads in parts into one bucket. ETags are without quotes. */
export interface MultipartUploads {
  begin(object: { key: string; contentType: string }): Promise<MultipartUpload>;
  /** All parts that have arrived, by their numbers; undefined if there is no such upload (any more). */
  listParts(upload: MultipartUpload): Promise<UploadedPart[] | undefined>;
  /**
   * Makes the object of exactly these parts. Nothing is made where there is an object already or no such upload
   * (`not-made`: both may mean that it was completed before), or where a part was replaced meanwhile (`parts-changed`).
   */
  complete(
    upload: MultipartUpload,
    parts: UploadedPart[],
  ): Promise<{ outcome: 'made'; etag: string } | { outcome: 'not-made' | 'parts-changed' }>;
  /** Forgets the upload and its parts; one that is not there is fine. */
  abort(upload: MultipartUpload): Promise<void>;
}

/** Signs what clients do with S3 themselves. */
export interface UrlSigner {
  /** A form that takes exactly this key, type and size. */
  signUpload(upload: { key: string; contentType: string; sizeBytes: number }): Promise<{
    url: string;
    fields: Record<string, string>;
    expiresInSeconds: number;
  }>;
  /** A URL to PUT exactly one part of exactly this size to. */
  signPart(part: {
    key: string;
    uploadId: string;
    partNumber: number;
    sizeBytes: number;
  }): Promise<{ url: string; expiresInSeconds: number }>;
  /** A short-lived download; with a filename the browser saves it, else it plays. */
  signDownload(key: string, options?: { filename?: string }): Promise<string>;
}

/** `none`: it was never started. `failed`: also one that was stopped. */
export type ExecutionState = 'running' | 'succeeded' | 'failed' | 'timed-out' | 'none';

/** The state machine. */
export interface Workflow {
  /** Starting the same attempt of a job twice is one execution. */
  start(run: { jobId: string; attempt: number; owner: string }): Promise<void>;
  /** Ends the execution of this attempt; one that has ended, or was never started, is fine. Functions run on to their end. */
  stop(run: { jobId: string; attempt: number }): Promise<void>;
  /** What became of the execution of this attempt. */
  stateOf(run: { jobId: string; attempt: number }): Promise<ExecutionState>;
}

/** Tells the world how jobs ended: the event bus, and the webhook of a job that names one. */
export interface Announcements {
  /** Answers once it is sure to be told, which may then take hours. The same event twice is told once. */
  announce(event: JobEvent, options: { callsWebhook: boolean }): Promise<void>;
}

/** Calls addresses that anybody may have named. */
export interface WebhookCaller {
  /**
   * POSTs JSON, follows nothing, and answers the status alone.
   * @throws ForbiddenAddress for one that is not the public's, WebhookFailed where there is no answer
   */
  post(
    url: string,
    call: { headers: Record<string, string>; body: string },
    options: { signal: AbortSignal },
  ): Promise<number>;
}

/** What an owner's webhooks are signed with: `whsec_` and the base64 of 32 random bytes. */
export interface WebhookSecret {
  secret: string;
  createdAt: string;
  /** Signs as well until then, so that receivers can go over to the new one. */
  former?: { secret: string; expiresAt: string };
}

/** One record an owner. */
export interface WebhookSecrets {
  newSecret(): string;
  get(owner: string): Promise<WebhookSecret | undefined>;
  /** Answers false, and changes nothing, if there is one. */
  create(owner: string, secret: WebhookSecret): Promise<boolean>;
  /** Answers false, and changes nothing, if the one that stands there is not `former`. */
  replace(owner: string, former: string, secret: WebhookSecret): Promise<boolean>;
}

/** Writes down what is said in a recording: a job of the service's own, begun, asked about, and read in the end. */
export interface Transcriber {
  /** Beginning the same name twice is one transcription. Its result will lie at `resultKey` of the uploads bucket. */
  start(transcription: { name: string; audioKey: string; resultKey: string }): Promise<void>;
  /** Of one that was begun. A failure's reason is the service's word, for those who run this. */
  stateOf(name: string): Promise<{ state: 'running' | 'completed' } | { state: 'failed'; reason: string }>;
  /** What came of one that is completed; throws for what can't be read. */
  read(result: StoredObject, options: { signal: AbortSignal }): Promise<Transcript>;
}

/** What a language model is asked: its answer is a form that it fills in, by a JSON schema. */
export interface Question {
  system: string;
  prompt: string;
  form: { name: string; purpose: string; schema: Record<string, unknown> };
  maxTokens: number;
}

export interface ModelUse {
  inputTokens: number;
  outputTokens: number;
}

export interface Answer {
  ending: 'complete' | 'refused' | 'cut off' | 'no form';
  /** What the model put into the form, unchecked; only that of a `complete` answer counts. */
  content: unknown;
  use: ModelUse;
}

export interface LanguageModel {
  /** As the service names it. */
  name: string;
  /** Waits for a minute or two at most; throws what the service answers when it can't: throttled, not allowed, down. */
  ask(question: Question, options: { signal: AbortSignal }): Promise<Answer>;
}

/** What only the outside world has: names that nobody can guess, and digests. */
export interface Ids {
  newJobId(): string;
  /** A job id derived from a text: the same text, the same id. */
  jobIdOf(text: string): string;
  /** Stands for an owner in keys, so that a key tells nothing about them. */
  ownerHash(owner: string): string;
  /** The same content, the same digest; another content, another one. A text is its UTF-8. */
  digest(content: string | Uint8Array): string;
}
