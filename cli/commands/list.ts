import type { JobPage, JobSummary } from '../api/wire-types.ts';
import type { Command } from '../arguments.ts';
import type { Room } from '../room.ts';
import { plain } from '../show/text-width.ts';

const pageSize = 100;

export async function listCommand(
  { status, limit }: Extract<Command, { name: 'list' }>,
  { api, answer }: Room,
): Promise<number> {
  const jobs: JobSummary[] = [];
  let cursor: string | null | undefined;
  do {
    const query = {
      limit: `${Math.min(pageSize, limit - jobs.length)}`,
      ...(status && { status }),
      ...(cursor && { cursor }),
    };
    const page: JobPage = await api.jobs(query);
    jobs.push(...page.jobs);
    cursor = page.next_cursor;
  } while (cursor && jobs.length < limit);

  answer({
    text:
      jobs.length === 0
        ? 'No jobs.'
        : [...jobs.map(line), ...(cursor ? [`… and older ones: --limit ${limit * 5}`] : [])].join('\n'),
    terse: jobs.map(({ job_id }) => job_id),
    value: { jobs, next_cursor: cursor ?? null },
  });
  return 0;
}

const statusWidth = 'awaiting_upload'.length;

function line({ job_id, status, created_at, filename, error_code }: JobSummary): string {
  const time = `${created_at.slice(0, 16).replace('T', ' ')} UTC`;
  return `${job_id}  ${status.padEnd(statusWidth)}  ${time}  ${plain(filename)}${error_code ? `  (${error_code})` : ''}`;
}
