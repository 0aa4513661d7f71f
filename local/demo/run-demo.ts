import { mkdir, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ApiClient } from './api-client.ts';
import type { DemoArguments } from './arguments.ts';
import { downloadClips, type MadeClip } from './download-clips.ts';
import type { ProgressDisplay } from './progress-display.ts';
import { type Progress, progressRows } from './progress-rows.ts';
import { uploadForm } from './upload-form.ts';
import { awaitCleanup, watchJob } from './watch-job.ts';
import type { JobAnswer, StatusAnswer } from './wire-types.ts';

/** What became of the recording. */
export interface Outcome {
  status: StatusAnswer;
  job: JobAnswer;
  made: MadeClip[];
  /** Of the demo's own steps. */
  uploadSeconds: number;
  downloadSeconds: number;
  totalSeconds: number;
}

interface Room {
  signal: AbortSignal;
  display: ProgressDisplay;
}

/** Uploads, starts the job, follows it, and downloads what it made; what a failed job finished, too. */
export async function runDemo(
  api: ApiClient,
  demo: DemoArguments,
  { signal, display }: Room,
): Promise<Outcome> {
  let progress: Progress = { uploadedShare: 0, downloadedShare: 0, cleanedUp: false };
  const advance = (change: Partial<Progress>) => {
    progress = { ...progress, ...change };
    display.show(progressRows(progress));
  };
  const startedAt = performance.now();
  await mkdir(demo.outFolder, { recursive: true }); // before hours of work that could not be saved

  const sizeBytes = (await stat(demo.file)).size;
  const upload = await api.presignUpload({ filename: basename(demo.file), file_size: sizeBytes });
  await uploadForm(
    upload,
    { path: demo.file, sizeBytes },
    { signal, onSent: (bytes) => advance({ uploadedShare: bytes / sizeBytes }) },
  );
  const uploadedAt = performance.now();

  const jobId = upload.job_id;
  await api.createJob({
    job_id: jobId,
    s3_key: upload.s3_key,
    num_segments: demo.numSegments,
    min_duration: demo.minDurationSeconds,
    max_duration: demo.maxDurationSeconds,
  });
  const status = await watchJob(api, jobId, {
    signal,
    onStatus: (next) => advance(changeBy(next, progress.status)),
  });

  const downloadAt = performance.now();
  const made = await downloadClips(await api.clips(jobId), demo, {
    signal,
    onDone: (downloadedShare) => advance({ downloadedShare }),
  });
  const downloadedAt = performance.now();

  const job = status.status === 'completed' ? await awaitCleanup(api, jobId, signal) : await api.job(jobId);
  advance({ cleanedUp: job.cleanup === 'done' });
  return {
    status,
    job,
    made,
    uploadSeconds: (uploadedAt - startedAt) / 1000,
    downloadSeconds: (downloadedAt - downloadAt) / 1000,
    totalSeconds: (performance.now() - startedAt) / 1000,
  };
}

/** A job that failed stays shown where it failed, with what became of its clips. */
function changeBy(next: StatusAnswer, last: StatusAnswer | undefined): Partial<Progress> {
  const failed = next.status === 'failed' || next.status === 'cancelled' || next.status === 'expired';
  if (!failed) return { status: next };
  return { failed, status: last && { ...last, segments: next.segments } };
}
