import type { Command } from '../arguments.ts';
import { makeFolder } from '../download/make-folder.ts';
import { errorValue, exitCodeOf, failureText } from '../failure.ts';
import type { Result, Room } from '../room.ts';
import { plain } from '../show/text-width.ts';
import { type LocalFile, openLocalFile } from '../upload/local-file.ts';
import { readCaptions } from '../upload/read-captions.ts';
import { readWatermark } from '../upload/read-watermark.ts';
import type { UploadProgress } from '../upload/upload-meter.ts';
import { hasFailed } from '../watch-job.ts';
import { followJob } from './follow-job.ts';
import { jobResult } from './job-result.ts';
import { startUpload } from './start-upload.ts';

type Upload = Extract<Command, { name: 'upload' }>;

interface Outcome {
  exitCode: number;
  result: Result;
}

/** Uploads one file after the other; their jobs run meanwhile, and are followed once all are up. */
export async function uploadCommand(
  { files, settings: asked, captionsPath, watermarkPath, transfer, follow }: Upload,
  room: Room,
): Promise<number> {
  const settings = {
    ...asked,
    captions_file: captionsPath === undefined ? undefined : await readCaptions(captionsPath),
    watermark: watermarkPath === undefined ? undefined : await readWatermark(watermarkPath),
  };
  const opened: LocalFile[] = [];
  for (const path of files) opened.push(await openLocalFile(path)); // all of them, before the first goes up
  if (follow.downloadFolder !== undefined) await makeFolder(follow.downloadFolder);

  const [only, ...others] = opened;
  if (only && others.length === 0) {
    const { jobId, progress } = await startUpload(only, { settings, transfer, follow }, room);
    const { exitCode, result } = await outcomeOf(only, jobId, progress, { follow }, room);
    room.answer(result);
    return exitCode;
  }

  const outcomes: Outcome[] = [];
  const started: { file: LocalFile; jobId: string }[] = [];
  for (const file of opened) {
    room.display.end();
    room.display.say(file.path);
    await unlessFailed(file, outcomes, room, async () => {
      const { jobId } = await startUpload(file, { settings, transfer, follow: { monitor: false } }, room);
      started.push({ file, jobId });
    });
  }
  for (const { file, jobId } of started) {
    room.display.end();
    if (follow.monitor) room.display.say(file.path);
    await unlessFailed(file, outcomes, room, async () => {
      outcomes.push(await outcomeOf(file, jobId, undefined, { follow }, room));
    });
  }
  room.answer({
    text: outcomes.map(({ result }) => result.text).join('\n\n'),
    terse: outcomes.flatMap(({ result }) => result.terse),
    value: { jobs: outcomes.map(({ result }) => result.value) },
  });
  return Math.max(...outcomes.map(({ exitCode }) => exitCode));
}

async function outcomeOf(
  file: LocalFile,
  jobId: string,
  upload: UploadProgress | undefined,
  { follow }: Pick<Upload, 'follow'>,
  room: Room,
): Promise<Outcome> {
  if (!follow.monitor) return { exitCode: 0, result: startedResult(file, jobId) };
  const followed = await followJob(room, { jobId, file: file.path }, follow.downloadFolder, { upload });
  return { exitCode: hasFailed(followed.status.status) ? 1 : 0, result: jobResult(followed) };
}

function startedResult({ path }: LocalFile, jobId: string): Result {
  return {
    text: `${plain(path)} is uploaded, and its job is started: ${jobId}\nFollow it: clipwright status ${jobId} --monitor`,
    terse: [jobId],
    value: { file: path, job_id: jobId, status: 'pending' },
  };
}

/** One file that fails leaves the others alone; an interruption ends them all. */
async function unlessFailed(
  { path }: LocalFile,
  outcomes: Outcome[],
  { signal, display }: Room,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (signal.aborted) throw error;
    const text = failureText(error as Error);
    display.say(text);
    const value = { file: path, error: errorValue(error as Error) };
    outcomes.push({
      exitCode: exitCodeOf(error as Error),
      result: { text: `${path}: ${text}`, terse: [], value },
    });
  }
}
