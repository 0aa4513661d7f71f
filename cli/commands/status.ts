import type { JobAnswer, StatusAnswer } from '../api/wire-types.ts';
import type { Command } from '../arguments.ts';
import { makeFolder } from '../download/make-folder.ts';
import type { Room } from '../room.ts';
import { costText } from '../show/cost-text.ts';
import { noteLines } from '../show/note-lines.ts';
import { progressBar } from '../show/progress-bar.ts';
import { progressRows } from '../show/progress-rows.ts';
import { statusPhrase } from '../show/status-phrase.ts';
import { plain } from '../show/text-width.ts';
import { hasFailed } from '../watch-job.ts';
import { followJob } from './follow-job.ts';
import { jobResult } from './job-result.ts';

type Following = Extract<Command, { name: 'status' | 'retry' }>;

/** 1 for a job that failed, was cancelled or expired; 0 for any other. */
export async function statusCommand({ jobId, follow }: Following, room: Room): Promise<number> {
  const job = await room.api.job(jobId);
  if (follow.monitor) return followToEnd(room, { jobId, file: job.filename }, follow.downloadFolder);

  const status = await room.api.status(jobId);
  room.answer({
    text: statusText(status, job),
    terse: [status.status],
    // Without the clips' addresses: they are signed, and belong to the command that is asked for them.
    value: {
      ...status,
      filename: job.filename,
      notes: job.notes ?? [],
      cost: job.cost,
      segments: status.segments.map((segment) => ({ ...segment, clip_url: undefined })),
    },
  });
  return hasFailed(status.status) ? 1 : 0;
}

export async function retryCommand({ jobId, follow }: Following, room: Room): Promise<number> {
  const job = await room.api.retry(jobId);
  if (follow.monitor) return followToEnd(room, { jobId, file: job.filename }, follow.downloadFolder);

  room.answer({
    text: `Job ${jobId} is tried again.\nFollow it: clipwright status ${jobId} --monitor`,
    terse: [jobId],
    value: job,
  });
  return 0;
}

async function followToEnd(
  room: Room,
  job: { jobId: string; file: string },
  downloadFolder: string | undefined,
): Promise<number> {
  if (downloadFolder !== undefined) await makeFolder(downloadFolder);
  const followed = await followJob(room, job, downloadFolder);
  room.answer(jobResult(followed));
  return hasFailed(followed.status.status) ? 1 : 0;
}

const textColumns = 100;

function statusText(status: StatusAnswer, job: JobAnswer): string {
  const { job_id, error_code, error_message } = status;
  const headline = `Job ${job_id} on ${plain(job.filename)} ${statusPhrase(status.status)}`;
  const notes = noteLines(job.notes);
  if (hasFailed(status.status))
    return lines(`${headline}${error_code ? `: ${error_code}` : ''}`, error_message, ...notes, costText(job));
  const bars = progressRows({ status }).map((row) => progressBar(row, textColumns));
  return lines(headline, ...bars, ...notes, costText(job));
}

function lines(...texts: (string | null | undefined)[]): string {
  return texts.filter(Boolean).join('\n');
}
