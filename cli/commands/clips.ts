import type { Command } from '../arguments.ts';
import { downloadClips } from '../download/download-clips.ts';
import { makeFolder } from '../download/make-folder.ts';
import type { Room } from '../room.ts';
import { hasEnded, hasFailed } from '../watch-job.ts';
import { jobResult } from './job-result.ts';

/** The clips of a job, as many as there are by now. 1 for a job that failed, was cancelled or expired. */
export async function clipsCommand(
  { jobId, downloadFolder }: Extract<Command, { name: 'clips' }>,
  { api, signal, display, answer }: Room,
): Promise<number> {
  const [{ filename: file, notes }, status, clips] = [
    await api.job(jobId),
    await api.status(jobId),
    await api.clips(jobId),
  ];
  if (!hasEnded(status.status)) display.say('The job is not done yet; there may be more clips later.');

  let made: Awaited<ReturnType<typeof downloadClips>> = [];
  if (downloadFolder !== undefined) {
    await makeFolder(downloadFolder);
    made = await downloadClips(clips, { file, outFolder: downloadFolder }, { signal });
  }
  const result = jobResult({ file, status, notes, clips, made });
  // Who asks for the clips and saves none wants to know where they are.
  answer(
    downloadFolder === undefined
      ? { ...result, value: { file, job_id: jobId, status: status.status, notes: notes ?? [], clips } }
      : result,
  );
  return hasFailed(status.status) ? 1 : 0;
}
