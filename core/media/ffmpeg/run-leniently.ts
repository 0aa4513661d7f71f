import { DamagedMedia } from '../../failures.ts';
import { CommandFailed } from './run-ffmpeg.ts';

/**
 * Runs strictly first: ffmpeg then stops at the first error, instead of ending well with half an output. Many
 * recordings have a small flaw that players skip, so the second run skips it too; what came out is judged by
 * its own merits then. Throws DamagedMedia when both fail.
 */
export async function runLeniently(run: (strict: string[]) => Promise<void>): Promise<void> {
  try {
    await run(['-xerror']);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    await run([]).catch(failAsDamaged);
  }
}

/** A reading error of ours is thrown before it's taken for one of the file: see withRanges. */
export function failAsDamaged(error: unknown): never {
  if (!isRefusal(error)) throw error;
  throw new DamagedMedia("The recording is damaged: a part of it can't be decoded.");
}

export function isRefusal(error: unknown): boolean {
  return error instanceof CommandFailed && error.isRefusal;
}
