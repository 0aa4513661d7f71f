import * as z from 'zod';
import { shownClip } from '../../core/jobs/end-clips.ts';
import type { Clip, Job } from '../../core/jobs/job.ts';
import { jobStatuses } from '../../core/jobs/job.ts';
import { percentDone, stagePercentDone } from '../../core/jobs/percent-done.ts';
import { canRetry } from '../../core/jobs/retry-job.ts';
import { outputAnswer } from './contract.ts';

const time = z.iso.datetime().nullable();

export const statusAnswer = z.object({
  job_id: z.string(),
  status: z.enum(jobStatuses),
  error_code: z.string().nullable(),
  error_message: z.string().nullable(),
  can_retry: z.boolean().describe('Failed, and a retry may help'),
  progress: z.object({
    total_segments: z.int().describe('How many were asked, or found once they are chosen'),
    segments_identified: z.int(),
    clips_completed: z.int(),
    stage_percent: z.int().describe('Of the stage that is running; a hint'),
    percent: z.int(),
  }),
  segments: z.array(
    z.object({
      id: z.int(),
      title: z.string(),
      description: z.string().nullable().describe('What is said in it; null where nobody has read that'),
      reason: z.string(),
      score: z
        .number()
        .nullable()
        .describe(
          '0–1, 0.5 being as lively as the recording on the whole, or as a model rates it; null where you chose',
        ),
      start_time: z.number(),
      end_time: z.number(),
      clip_status: z.enum(['pending', 'rendering', 'completed', 'failed']),
      clip_percent: z.int(),
      clip_url: z.string().nullable().describe('Short-lived'),
      error_code: z.string().nullable(),
      error_message: z.string().nullable(),
    }),
  ),
  created_at: time,
  completed_at: time,
  source_deleted_at: time,
});

const clipFile = z.object({
  kind: z.enum(['video', 'poster', 'captions']),
  format: z.enum(['mp4', 'jpg', 'vtt', 'srt']),
  shape: outputAnswer.shape.shape.nullable().describe('null for captions, which go with every shape'),
  fit: outputAnswer.shape.fit,
  url: z.string(),
  download_url: z.string().describe('The same file, saved under its title'),
  size: z.int(),
  width: z.int().nullable(),
  height: z.int().nullable(),
});

export const clipsAnswer = z.object({
  job_id: z.string(),
  total_clips: z.int(),
  clips: z.array(
    z.object({
      clip_id: z.int(),
      segment_title: z.string(),
      video_url: z.string(),
      download_url: z.string().describe('The same file, saved under its title'),
      poster_url: z.string(),
      start_time: z.number(),
      end_time: z.number(),
      duration: z.number(),
      size: z.int(),
      files: z.array(clipFile).describe('All files of the clip; the first is that of video_url'),
      completed_at: time,
    }),
  ),
});

type ClipUrl = (clip: Clip) => string | undefined;

export function toStatusAnswer(job: Job, clips: Clip[], urlOf: ClipUrl): z.output<typeof statusAnswer> {
  const completed = clips.filter(({ status }) => status === 'completed').length;
  const shown = clips.map((clip) => shownClip(job, clip));
  return {
    job_id: job.jobId,
    status: job.status,
    error_code: job.failure?.code ?? null,
    error_message: job.failure?.message ?? null,
    can_retry: canRetry(job),
    progress: {
      total_segments: clips.length || job.settings.segments?.length || job.settings.numSegments,
      segments_identified: clips.length,
      clips_completed: completed,
      stage_percent: stagePercentDone(job, clips),
      percent: percentDone(job, clips),
    },
    segments: shown.map((clip) => ({
      id: clip.clipNumber,
      title: clip.title,
      description: clip.description ?? null,
      reason: clip.reason,
      score: clip.score ?? null,
      start_time: clip.startSeconds,
      end_time: clip.endSeconds,
      clip_status: clip.status,
      clip_percent: clip.renderedPercent ?? 0,
      clip_url: urlOf(clip) ?? null,
      error_code: clip.failure?.code ?? null,
      error_message: clip.failure?.message ?? null,
    })),
    created_at: job.createdAt,
    completed_at: job.reachedAt.completed ?? null,
    source_deleted_at: job.source.deletedAt ?? null,
  };
}
