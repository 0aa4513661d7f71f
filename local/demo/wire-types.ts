/** What the API answers, as far as the demo reads it; docs/design.md §3. */
export interface PresignedUpload {
  upload_url: string;
  upload_fields: Record<string, string>;
  s3_key: string;
  job_id: string;
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
  status: JobStatus;
  error_code: string | null;
  error_message: string | null;
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

export interface JobAnswer {
  job_id: string;
  status: JobStatus;
  notes: string[];
  source: { size: number; deleted_at: string | null; duration: number | null };
  audio: { size: number; deleted_at: string | null } | null;
  bytes_read: { probe: number; audio: number; clips: number };
  bytes_freed: number;
  cleanup: 'none' | 'due' | 'deleting' | 'done';
  stages: { name: JobStatus; started_at: string; ended_at: string | null }[];
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
}

/** RFC 9457. */
export interface Problem {
  detail?: string;
  code?: string;
  errors?: { field: string; message: string }[];
}
