import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { permanentFailures } from '../../core/failures.ts';
import { probeFile } from '../../test/support/ffmpeg-here.ts';
import { findCanary } from './find-canary.ts';
import type { Outcome } from './submit-file.ts';

/** What a job may fail with for good: the file is at fault, or takes too long. Never `internal_error`. */
const codes = new Set<string>([
  ...Object.values(permanentFailures).map((Failure) => new Failure('').code),
  'timed_out',
]);

/** What is wrong with how a job ended, in words; nothing, as a rule. */
export function judge({ job, clipCodes, sourceKept, written, errors }: Outcome, folder: string): string[] {
  const wrong: string[] = [];
  const code = job.failure?.code;
  if (job.status !== 'completed' && job.status !== 'failed') wrong.push(`the job ended as ${job.status}`);
  if (job.status === 'failed' && !sourceKept) wrong.push('the job failed, and its source is gone');
  for (const one of new Set([code, ...clipCodes])) {
    if (one && !codes.has(one))
      wrong.push(`the code is ${one}: ${errors.map(String).join('; ').slice(0, 600)}`);
  }
  return [...wrong, ...written.flatMap(({ key, bytes }) => judgeFile(key, bytes, folder))];
}

function judgeFile(key: string, bytes: Uint8Array, folder: string): string[] {
  const path = join(folder, key.replaceAll('/', '-'));
  writeFileSync(path, bytes);
  try {
    const { video, audio } = probeFile(path);
    const canary = findCanary(path, bytes, { video: Boolean(video), audio: Boolean(audio) });
    return canary ? [`${key} holds ${canary}`] : [];
  } catch (error) {
    return [`${key} can't be played: ${String(error).slice(0, 300)}`];
  }
}
