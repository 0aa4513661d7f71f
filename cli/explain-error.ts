import { ApiRefusal } from './api/api-refusal.ts';
import { Unreachable } from './api/no-connection.ts';
import { BadUsage } from './bad-usage.ts';
import { DownloadFailed } from './download/download.ts';
import { Interrupted } from './interrupted.ts';
import { TransientFailure } from './retrying.ts';
import { Locked } from './upload/lock-file.ts';
import { UploadFailed } from './upload/upload-failed.ts';

/** What went wrong and what to do, for the person at the terminal. Undefined for what nobody foresaw. */
export function explainError(error: Error): string | undefined {
  if (error instanceof ApiRefusal)
    return error.status === 401 ? error.message : `Refused (${error.code}): ${error.message}`;
  if (error instanceof Unreachable)
    return `${error.message}\nIs the address right, and does it run there? (--url, CLIPWRIGHT_URL)`;
  if (error instanceof Interrupted) return `\nInterrupted. ${error.message}`.trimEnd();
  if (error instanceof Locked) return `Another clipwright uploads this file already (${error.message}).`;
  if (
    error instanceof BadUsage ||
    error instanceof UploadFailed ||
    error instanceof DownloadFailed ||
    error instanceof TransientFailure
  ) {
    return error.message;
  }
  // The disk's own words are plain: EACCES: permission denied, mkdir '/clips'.
  return 'path' in error ? error.message : undefined;
}
