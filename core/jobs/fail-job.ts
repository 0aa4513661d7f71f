import { permanentFailures } from '../failures.ts';
import type { JobStore } from '../ports/job-store.ts';
import { cameFrom, type Run } from './advance.ts';
import type { Failure } from './job.ts';
import type { ClipRun } from './render-clip.ts';

/** How the state machine tells of an error: its name, and what the function said, as JSON. */
export interface CaughtError {
  Error: string;
  Cause?: string;
}

const codes = new Map(
  Object.entries(permanentFailures).map(([name, Failure]) => [name, new Failure('').code] as const),
);

/**
 * Ends a job as failed: the source stays, the finished clips stay. A job that has ended already stays as it is;
 * a cleanup that failed after completion is left to reconciliation.
 */
export async function failJob(
  jobs: JobStore,
  run: Run,
  caught: CaughtError,
  now: string,
): Promise<{ failed: boolean; failure: Failure }> {
  const failure = describe(caught);
  const change = await jobs.change(
    run.jobId,
    { status: cameFrom.failed, attempt: run.attempt },
    { status: 'failed', failure, announcement: 'due', updatedAt: now },
  );
  const cleanupFailed = change.now?.status === 'completed' && change.now.cleanup !== 'done';
  if (change.changed) await jobs.note(run.jobId, now, `Failed: ${failure.message}`);
  else if (cleanupFailed) await jobs.note(run.jobId, now, 'Cleaning up was interrupted: it will go on');
  return { failed: change.changed, failure };
}

/** Ends one clip as failed; the other clips go on. */
export async function failClip(
  jobs: JobStore,
  run: ClipRun,
  caught: CaughtError,
  now: string,
): Promise<Failure> {
  const failure = describe(caught);
  const change = await jobs.changeClip(
    run,
    { status: ['pending', 'rendering'], attempt: run.attempt },
    { status: 'failed', failure },
  );
  if (change.changed) {
    await jobs.note(run.jobId, now, `Clip ${run.clipNumber} failed: ${failure.message}`);
  }
  return failure;
}

/** Only the words of our own failures reach the user: an exception's text may tell what is nobody's business. */
function describe({ Error: name, Cause: cause }: CaughtError): Failure {
  const code = codes.get(name);
  if (code) return { code, message: messageIn(cause) ?? name };
  if (/timeout|timedout/i.test(name)) {
    return { code: 'timed_out', message: 'The work took longer than is allowed. The source is kept.' };
  }
  return {
    code: 'internal_error',
    message: 'Something went wrong on our side, several times. The source is kept.',
  };
}

/** What our own code said when it threw. */
export function messageIn(cause: string | undefined): string | undefined {
  try {
    const { errorMessage } = JSON.parse(cause ?? '') as { errorMessage?: unknown };
    return typeof errorMessage === 'string' ? errorMessage : undefined;
  } catch {
    return undefined;
  }
}
