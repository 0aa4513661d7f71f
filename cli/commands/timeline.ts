import type { Command } from '../arguments.ts';
import type { Room } from '../room.ts';
import { plain } from '../show/text-width.ts';

/** What happened to a job, a line for each thing, oldest first. */
export async function timelineCommand(
  { jobId }: Extract<Command, { name: 'timeline' }>,
  { api, answer }: Room,
): Promise<number> {
  const timeline = await api.timeline(jobId);
  answer({
    text:
      timeline.map(({ at, text }) => `${at.slice(0, 19).replace('T', ' ')} UTC  ${plain(text)}`).join('\n') ||
      'Nothing happened yet.',
    terse: timeline.map(({ text }) => plain(text)),
    value: { job_id: jobId, timeline },
  });
  return 0;
}
