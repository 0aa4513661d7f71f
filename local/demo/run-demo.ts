import type { ApiClient } from '../../cli/api/api-client.ts';
import type { JobAnswer, StatusAnswer } from '../../cli/api/wire-types.ts';
import { downloadClips, type MadeClip } from '../../cli/download/download-clips.ts';
import { makeFolder } from '../../cli/download/make-folder.ts';
import type { ProgressDisplay } from '../../cli/show/progress-display.ts';
import { type Progress, progressRows, withStatus } from '../../cli/show/progress-rows.ts';
import { shownUpload } from '../../cli/show/shown-upload.ts';
import type { LocalFile } from '../../cli/upload/local-file.ts';
import { readCaptions } from '../../cli/upload/read-captions.ts';
import { uploadFile } from '../../cli/upload/upload-file.ts';
import { awaitCleanup, watchJob } from '../../cli/watch-job.ts';
import type { DemoArguments } from './arguments.ts';

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
  file: LocalFile,
  demo: DemoArguments,
  { signal, display }: Room,
): Promise<Outcome> {
  let progress: Progress = { downloadedShare: 0, cleanedUp: false };
  const show = (next: Progress) => {
    progress = next;
    display.show(progressRows(progress));
  };
  const startedAt = performance.now();
  await makeFolder(demo.outFolder, '--out'); // before hours of work that could not be saved

  const settings = {
    num_segments: demo.numSegments,
    min_duration: demo.minDurationSeconds,
    max_duration: demo.maxDurationSeconds,
    ...demo.look,
    ...(demo.captionsPath && { captions_file: await readCaptions(demo.captionsPath) }),
  };
  const jobId = await shownUpload(
    (onBegin) =>
      uploadFile(api, file, settings, { signal, parallel: 4, resume: false, onBegin, say: display.say }),
    (upload) => show({ ...progress, upload }),
  );
  const uploadedAt = performance.now();

  const onStatus = (next: StatusAnswer) => show(withStatus(progress, next));
  const status = await watchJob(api, jobId, { signal, onStatus });

  const downloadAt = performance.now();
  const made = await downloadClips(await api.clips(jobId), demo, {
    signal,
    onDone: (downloadedShare) => show({ ...progress, downloadedShare }),
  });
  const downloadedAt = performance.now();

  const job = status.status === 'completed' ? await awaitCleanup(api, jobId, signal) : await api.job(jobId);
  show({ ...progress, cleanedUp: job.cleanup === 'done' });
  return {
    status,
    job,
    made,
    uploadSeconds: (uploadedAt - startedAt) / 1000,
    downloadSeconds: (downloadedAt - downloadAt) / 1000,
    totalSeconds: (performance.now() - startedAt) / 1000,
  };
}
