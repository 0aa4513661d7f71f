import type { JobAnswer } from '../../cli/api/wire-types.ts';
import type { Outcome } from './run-demo.ts';

/** How long each step took, in the order they were done, rounded to hundredths; those that never ran are left out. */
export function stageSeconds({
  job,
  made,
  uploadSeconds,
  downloadSeconds,
  totalSeconds,
}: Outcome): Record<string, number> {
  const ended = job.stages.flatMap(({ name, started_at, ended_at }) =>
    ended_at && name !== 'awaiting_upload' ? [[name, secondsBetween(started_at, ended_at)] as const] : [],
  );
  const steps = [
    ['upload', uploadSeconds] as const,
    ...ended.filter(([name]) => name !== 'completed' && name !== 'failed'),
    ['cleanup', cleanupSeconds(job)] as const,
    ['download', made.length > 0 ? downloadSeconds : undefined] as const,
    ['total', totalSeconds] as const,
  ];
  return Object.fromEntries(
    steps.flatMap(([name, seconds]) =>
      seconds === undefined ? [] : [[name, Math.round(seconds * 100) / 100]],
    ),
  );
}

function cleanupSeconds({ stages, source }: JobAnswer): number | undefined {
  const completed = stages.find(({ name }) => name === 'completed');
  return completed && source.deleted_at ? secondsBetween(completed.started_at, source.deleted_at) : undefined;
}

function secondsBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 1000;
}
