import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { uploadForm } from '../cli/upload/upload-form.ts';
import { anApi } from '../test/support/api.ts';
import { unlessAborted } from './timed.ts';

/** About as often as the page asks: who asks four times a second pays for that with some seconds of the processor. */
const pollMs = 1000;

export interface JobRun {
  /** From create-job's answer to the job's, and to its first clip's, completion. */
  seconds: number;
  firstClipSeconds: number;
  bytesRead: { probe: number; audio: number; clips: number };
  sourceSeconds: number;
  segments: { startSeconds: number; endSeconds: number }[];
}

/** Uploads a recording, and lets its job run to the end. Times are the service's own: no poll rounds them. */
export async function runJob(
  apiUrl: string,
  path: string,
  settings: object,
  signal: AbortSignal,
): Promise<JobRun> {
  const api = anApi(apiUrl);
  const { size: sizeBytes } = statSync(path);
  const form = { filename: basename(path), file_size: sizeBytes };
  const { body: upload } = await api.post('/api/upload/presigned-url', form);
  await uploadForm(upload, { path, sizeBytes }, { signal, onSent() {} });

  const { job_id, s3_key } = upload;
  const startedMs = Date.now();
  const created = await api.post('/api/upload/create-job', { job_id, s3_key, ...settings });
  if (created.status !== 201) throw new Error(JSON.stringify(created.body));
  const status = await unlessAborted(api.ended(job_id, { pollMs }), signal);
  if (status.status !== 'completed') throw new Error(`The job ${status.status}: ${status.error_code}`);

  const { body: job } = await api.get(`/api/jobs/${job_id}`);
  const { body: answer } = await api.get(`/api/jobs/${job_id}/clips`);
  const secondsTo = (time: string) => (Date.parse(time) - startedMs) / 1000;
  return {
    seconds: secondsTo(job.completed_at),
    firstClipSeconds: Math.min(
      ...answer.clips.map((clip: { completed_at: string }) => secondsTo(clip.completed_at)),
    ),
    bytesRead: job.bytes_read,
    sourceSeconds: job.source.duration,
    segments: status.segments.map((segment: { start_time: number; end_time: number }) => ({
      startSeconds: segment.start_time,
      endSeconds: segment.end_time,
    })),
  };
}
