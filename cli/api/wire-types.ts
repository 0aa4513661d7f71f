/** What the API takes and answers, as far as the command line reads it; docs/design.md §3. */
export interface JobSettings {
  num_segments?: number;
  min_duration?: number;
  max_duration?: number;
  segments?: GivenSegment[];
  custom_instructions?: string;
  outputs?: Output[];
  normalize_loudness?: boolean;
  captions?: 'off' | 'sidecar' | 'burn';
  captions_file?: CaptionsFile;
  watermark?: Watermark;
  watermark_position?: Corner;
  cut?: 'exact' | 'fast';
  webhook_url?: string;
}

export type Corner = 'top_left' | 'top_right' | 'bottom_left' | 'bottom_right';

export interface Watermark {
  format: 'png';
  base64: string;
}

export interface Output {
  shape: 'source' | 'vertical' | 'square';
  fit?: 'crop' | 'blur' | 'pad';
}

export interface CaptionsFile {
  format: 'srt' | 'vtt';
  text: string;
}

export interface GivenSegment {
  /** Seconds of the source's clock. */
  start_time: number;
  end_time: number;
  title?: string;
}

export interface NewUpload extends JobSettings {
  filename: string;
  file_size: number;
}

export interface PresignedUpload {
  upload_url: string;
  upload_fields: Record<string, string>;
  s3_key: string;
  job_id: string;
}

/** What names an upload in parts; all three are asked for in each call about it. */
export interface UploadIdentity {
  job_id: string;
  upload_id: string;
  s3_key: string;
}

export interface MultipartUpload extends UploadIdentity {
  /** Bytes of each part but the last. */
  part_size: number;
}

/** A part that S3 has. */
export interface ListedPart {
  part_number: number;
  etag: string;
  size: number;
}

export type JobStatus =
  | 'awaiting_upload'
  | 'pending'
  | 'preprocessing'
  | 'transcribing'
  | 'analyzing'
  | 'clipping'
  | 'completed'
  | 'failed'
  | 'cancelled'
  | 'expired';

export interface StatusAnswer {
  job_id: string;
  status: JobStatus;
  error_code: string | null;
  error_message: string | null;
  can_retry: boolean;
  progress: { total_segments: number; clips_completed: number; stage_percent: number };
  segments: {
    id: number;
    title: string;
    reason: string;
    clip_status: 'pending' | 'rendering' | 'completed' | 'failed';
    clip_percent: number;
    error_message: string | null;
  }[];
}

export interface JobSummary {
  job_id: string;
  status: JobStatus;
  filename: string;
  error_code: string | null;
  created_at: string;
}

export interface JobPage {
  jobs: JobSummary[];
  next_cursor: string | null;
}

export interface JobAnswer {
  job_id: string;
  status: JobStatus;
  filename: string;
  /** Absent in answers of older services. */
  notes?: string[];
  source: { size: number; deleted_at: string | null; duration: number | null };
  audio: { size: number; deleted_at: string | null } | null;
  bytes_read: { probe: number; audio: number; clips: number };
  bytes_freed: number;
  /** Absent in answers of older services. */
  cost?: { total: number; region: string; prices_as_of: string };
  cleanup: 'none' | 'due' | 'deleting' | 'done';
  stages: { name: JobStatus; started_at: string; ended_at: string | null }[];
}

/** What happened to a job, in words. */
export interface TimelineEntry {
  /** ISO 8601 in UTC. */
  at: string;
  text: string;
}

export interface ClipAnswer {
  clip_id: number;
  segment_title: string;
  video_url: string;
  poster_url: string;
  start_time: number;
  end_time: number;
  duration: number;
  size: number;
  files: ClipFile[];
}

/** The first of a clip's files is its video_url. */
export interface ClipFile {
  kind: 'video' | 'poster' | 'captions';
  format: string;
  /** Null for captions; `fit` for the source's own shape, too. */
  shape: string | null;
  fit: string | null;
  url: string;
}

/** RFC 9457. */
export interface Problem {
  detail?: string;
  code?: string;
  errors?: { field: string; message: string }[];
  request_id?: string;
}
