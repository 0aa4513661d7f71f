import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Run } from '../../core/jobs/advance.ts';
import { cleanUpJob } from '../../core/jobs/clean-up-job.ts';
import { extractAudio } from '../../core/jobs/extract-audio.ts';
import { type CaughtError, failClip, failJob } from '../../core/jobs/fail-job.ts';
import { finishJob } from '../../core/jobs/finish-job.ts';
import { probeSource } from '../../core/jobs/probe-source.ts';
import { type ClipRun, renderClip } from '../../core/jobs/render-clip.ts';
import { selectSegments } from '../../core/jobs/select-segments.ts';
import type { StepDeps } from '../../core/jobs/steps.ts';
import type { Ids } from '../../core/ports/ids.ts';
import { noon } from './builders.ts';

interface Room {
  /** Aborts the steps, as a function does when its time is up. */
  signal?: AbortSignal;
  /** Where the folder of the run is made. */
  temporaryRoot?: string;
}

/** The steps in the state machine's order; throws what a step throws, as if the machine had died there. */
export async function runSteps(
  deps: StepDeps & { ids: Ids },
  run: Run,
  onClipError = async (_run: ClipRun, error: unknown): Promise<unknown> => Promise.reject(error),
  { signal = new AbortController().signal, temporaryRoot = tmpdir() }: Room = {},
): Promise<void> {
  const folder = await mkdtemp(join(temporaryRoot, 'run-job-'));
  const room = { folder, signal, now: () => noon };
  try {
    await probeSource(deps, run, room);
    await extractAudio(deps, run, room);
    const { clipNumbers } = await selectSegments(deps, run, room);
    for (const clipNumber of clipNumbers) {
      const clipRun = { ...run, clipNumber };
      await renderClip(deps, clipRun, room).catch((error) => onClipError(clipRun, error));
    }
    await finishJob(deps, run, noon);
    await cleanUpJob(deps, run, room.now);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The same with the state machine's catches, without its retries. */
export async function runJob(deps: StepDeps & { ids: Ids }, run: Run, within?: Room): Promise<void> {
  const onClipError = (clipRun: ClipRun, error: unknown) =>
    failClip(deps.jobs, clipRun, asCaught(error), noon);
  await runSteps(deps, run, onClipError, within).catch((error) =>
    failJob(deps.jobs, run, asCaught(error), noon),
  );
}

/** An error as Lambda and the state machine hand it on. */
export function asCaught(error: unknown): CaughtError {
  const { name, message } = error as Error;
  return { Error: name, Cause: JSON.stringify({ errorType: name, errorMessage: message, trace: [] }) };
}
