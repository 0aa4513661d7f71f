import { resolve } from 'node:path';
import { fileValue } from '../../cli/show/made-files.ts';
import type { Outcome } from './run-demo.ts';
import { stageSeconds } from './stage-seconds.ts';

/**
 * The outcome for scripts: one line. Times in seconds, sizes in bytes, files as absolute paths.
 * `bytes_read` is what probe and cuts fetched of the source, by ranges; the one pass over all of it that
 * takes out the sound stands in `bytes_read_by.audio`.
 */
export function outcomeJson(outcome: Outcome): string {
  const { status, job, made } = outcome;
  const { probe, clips } = job.bytes_read;
  return JSON.stringify({
    job_id: job.job_id,
    status: status.status,
    ...(status.error_code && { error_code: status.error_code, error_message: status.error_message }),
    clips: made.map(({ clip, clipPath, posterPath, files }) => ({
      file: resolve(clipPath),
      poster: resolve(posterPath),
      title: clip.segment_title,
      start_time: clip.start_time,
      end_time: clip.end_time,
      duration: clip.duration,
      size: clip.size,
      files: files.map(fileValue),
    })),
    source_deleted: job.source.deleted_at !== null,
    // A recording without sound never had any taken out.
    audio_deleted: job.audio ? job.audio.deleted_at !== null : job.cleanup === 'done',
    source_bytes: job.source.size,
    bytes_read: probe + clips,
    bytes_read_by: job.bytes_read,
    seconds: stageSeconds(outcome),
  });
}
