/** What the API answers, as far as the page reads it; docs/design.md §3. Times are ISO 8601, lengths seconds, sizes bytes. */
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

export interface JobSummary {
  job_id: string;
  status: JobStatus;
  filename: string;
  error_code: string | null;
  created_at: string | null;
}

export interface JobPage {
  jobs: JobSummary[];
  next_cursor: string | null;
}

export interface JobAnswer extends JobSummary {
  notes: string[];
  source: {
    size: number;
    deleted_at: string | null;
    duration: number | null;
  };
  /** Dollars. Absent for the moment of a deploy in which the page is newer than the API. */
  cost?: { total: number };
  cleanup: 'none' | 'due' | 'deleting' | 'done';
}

/** What happened, in words; oldest first. */
export interface TimelineEntry {
  at: string;
  text: string;
}

export interface SegmentAnswer {
  id: number;
  title: string;
  reason: string;
  start_time: number;
  end_time: number;
  clip_status: 'pending' | 'rendering' | 'completed' | 'failed';
  clip_percent: number;
  error_message: string | null;
}

export interface StatusAnswer {
  job_id: string;
  status: JobStatus;
  error_code: string | null;
  error_message: string | null;
  can_retry: boolean;
  progress: { total_segments: number; clips_completed: number; stage_percent: number; percent: number };
  segments: SegmentAnswer[];
  source_deleted_at: string | null;
}

export interface ClipAnswer {
  clip_id: number;
  video_url: string;
  download_url: string;
  poster_url: string;
  duration: number;
  size: number;
  files: ClipFile[];
}

/** The first of a clip's files is its video_url. */
export interface ClipFile {
  kind: 'video' | 'poster' | 'captions';
  format: 'mp4' | 'jpg' | 'vtt' | 'srt';
  shape: 'source' | 'vertical' | 'square' | null;
  fit: 'crop' | 'blur' | 'pad' | null;
  url: string;
  download_url: string;
  size: number;
  width: number | null;
  height: number | null;
}

/** RFC 9457. */
export interface Problem {
  status: number;
  code: string;
  title: string;
  detail: string;
  errors: { field: string; message: string }[];
}
