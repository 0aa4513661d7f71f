import { createInterface } from 'node:readline/promises';
import type { Command } from '../arguments.ts';
import { BadUsage } from '../bad-usage.ts';
import type { Room } from '../room.ts';
import { clipCount } from '../show/clips-text.ts';
import { plain } from '../show/text-width.ts';

export async function cancelCommand(
  { jobId }: Extract<Command, { name: 'cancel' }>,
  { api, answer }: Room,
): Promise<number> {
  const job = await api.cancel(jobId);
  answer({ text: `Job ${jobId} is ${job.status}.`, terse: [jobId], value: job });
  return 0;
}

/** 1 where the person decided against it. */
export async function deleteCommand(
  { jobId, isConfirmed }: Extract<Command, { name: 'delete' }>,
  { api, signal, answer }: Room,
): Promise<number> {
  if (!isConfirmed) {
    if (!process.stdin.isTTY)
      throw new BadUsage('delete asks before it deletes; where nobody can answer, say --yes.');
    const { filename } = await api.job(jobId);
    const clips = await api.clips(jobId);
    const question = `Delete the job on ${plain(filename)} and its ${clipCount(clips.length)} for good? [y/N] `;
    if (!(await agrees(question, signal))) return 1;
  }
  await api.delete(jobId);
  answer({
    text: `Job ${jobId} and its clips are deleted.`,
    terse: [jobId],
    value: { job_id: jobId, deleted: true },
  });
  return 0;
}

async function agrees(question: string, signal: AbortSignal): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(question, { signal })).trim());
  } finally {
    terminal.close();
  }
}
