import type { StepUse } from '../cost/step-use.ts';
import type { ClipOutput, Corner, Cut } from '../media/clip/clip-look.ts';
import type { SourceFacts } from '../media/types.ts';
import type { Segment } from '../segments/types.ts';
import type { CaptionsFile } from './captions-file.ts';
import type { ClipFile } from './clip-files.ts';
import type { KeptFile } from './given-files.ts';

/** `awaiting_upload → pending → preprocessing → (transcribing) → analyzing → clipping → completed`; docs/design.md §4. */
export const jobStatuses = [
  'awaiting_upload',
  'pending',
  'preprocessing',
  'transcribing',
  'analyzing',
  'clipping',
  'completed',
  'failed',
  'cancelled',
  'expired',
] as const;
export type JobStatus = (typeof jobStatuses)[number];

export type ClipStatus = 'pending' | 'rendering' | 'completed' | 'failed';
export type CleanupStatus = 'none' | 'due' | 'deleting' | 'done';
export type AnnouncementStatus = 'due' | 'done';

/** A segment as the caller gave it. */
export interface GivenSegment {
  startSeconds: number;
  endSeconds: number;
  title?: string;
  reason?: string;
}

export interface JobSettings {
  numSegments: number;
  minDurationSeconds: number;
  maxDurationSeconds: number;
  /** Given segments are rendered as they are; nothing is chosen. */
  segments?: GivenSegment[];
  customInstructions?: string;
  /** One video of each clip for each; absent in jobs of before there was a choice: see `lookOf`, as for the next two. */
  outputs?: ClipOutput[];
  normalizeLoudness?: boolean;
  captions?: CaptionsWish;
  captionsFile?: CaptionsFile;
  /** A PNG, drawn over every clip. */
  watermark?: KeptFile;
  watermarkPosition?: Corner;
  /** Default: exact. */
  cut?: Cut;
  /** Is called when the job has ended; docs/events.md. */
  webhookUrl?: string;
}

/** Where the words of a clip go, where there are any: nowhere, into files beside it, or into its pictures as well. */
export type CaptionsWish = 'off' | 'sidecar' | 'burn';

/** How the source goes up in parts: each has `partSizeBytes`, the last one the rest. */
export interface PartedUpload {
  uploadId: string;
  partSizeBytes: number;
  numParts: number;
}

/** Times are ISO 8601 in UTC. */
export interface Source {
  key: string;
  /** What the user called it; shown, never used in a key. */
  filename: string;
  contentType: string;
  sizeBytes: number;
  arrivedAt?: string;
  /** The object that the job was started on; every read and the delete demand this very one. */
  etag?: string;
  deletedAt?: string;
}

export interface StoredAudio {
  key: string;
  etag: string;
  sizeBytes: number;
  deletedAt?: string;
}

/** Why a job or a clip failed: a stable code for scripts, words for the user. */
export interface Failure {
  code: string;
  message: string;
}

export interface Job {
  jobId: string;
  owner: string;
  status: JobStatus;
  /** 1 for the first run, +1 on each retry. */
  attempt: number;
  cleanup: CleanupStatus;
  /** Whether the world was told that this attempt has ended; absent while it has not. */
  announcement?: AnnouncementStatus;
  /** Start as soon as the source arrives, without a create-job call. */
  autoStart: boolean;
  settings: JobSettings;
  source: Source;
  /** Absent where the source goes up in one piece. */
  upload?: PartedUpload;
  facts?: SourceFacts;
  /** Absent until extracted, and for sources without sound. */
  audio?: StoredAudio;
  /** Of sources without sound, where scenes begin; see Media.findScenes. */
  sceneSeconds?: number[];
  /** What Transcribe wrote of the audio, what it left beside that, and captions made of it; only of who transcribes. */
  transcript?: StoredAudio;
  transcriptProbe?: StoredAudio;
  spokenCaptions?: StoredAudio;
  /** Both are paid for: by the second, and by the token. */
  transcribedSeconds?: number;
  modelUse?: { model: string; inputTokens: number; outputTokens: number };
  /** Decided once, all at once; there is one clip for each. */
  segments?: Segment[];
  failure?: Failure;
  /** What the user should know although nothing failed. */
  notes?: string[];
  /** When each status was first reached in this attempt. */
  reachedAt: Partial<Record<JobStatus, string>>;
  /** Of the stage now running, 0–100; a hint, written seldom. */
  stagePercent?: number;
  /** Bytes of the source that each step fetched; a clip's are on the clip. */
  probeBytesRead?: number;
  audioBytesRead?: number;
  /** What the run of each step took that came to its end; a clip's is on the clip. */
  probeUse?: StepUse;
  audioUse?: StepUse;
  transcribeUse?: StepUse;
  selectUse?: StepUse;
  finishUse?: StepUse;
  cleanUpUse?: StepUse;
  /** The exact objects that cleanup is about to delete, written down before it does. */
  deletions?: { key: string; etag: string; sizeBytes: number }[];
  bytesFreed?: number;
  createdAt: string;
  updatedAt: string;
}

/** What is left of a job that its owner deleted, until all its objects are gone for certain. Buried at `updatedAt`. */
export type Tombstone = Omit<Job, 'status'>;

export interface Clip {
  jobId: string;
  /** 1, 2, … in the order of the segments. */
  clipNumber: number;
  status: ClipStatus;
  attempt: number;
  startSeconds: number;
  endSeconds: number;
  title: string;
  /** See Segment.description. */
  description?: string;
  reason: string;
  /** See Segment.score. */
  score?: number;
  /** Of its first output: written last of all its files, so that where this one is, the clip is whole. */
  key: string;
  posterKey: string;
  renderedPercent?: number;
  failure?: Failure;
  /** From here on: once completed. */
  files?: ClipFile[];
  etag?: string;
  sizeBytes?: number;
  durationSeconds?: number;
  posterEtag?: string;
  bytesRead?: number;
  renderUse?: StepUse;
  /** What could not be done as asked, in words for the user. */
  notes?: string[];
  completedAt?: string;
}

/** In progress: a state machine runs it, or is about to. */
export const runningStatuses: readonly JobStatus[] = [
  'pending',
  'preprocessing',
  'transcribing',
  'analyzing',
  'clipping',
];

/** Nothing runs any more; only a retry can bring a failed one back. */
export const endedStatuses: readonly JobStatus[] = ['completed', 'failed', 'cancelled', 'expired'];

/** Something is still to come for this job, so that reconciliation has to look at it. */
export function isOpen(job: Pick<Job, 'status' | 'cleanup' | 'announcement'>): boolean {
  if (job.status === 'awaiting_upload' || runningStatuses.includes(job.status)) return true;
  return job.cleanup === 'due' || job.cleanup === 'deleting' || job.announcement === 'due';
}
