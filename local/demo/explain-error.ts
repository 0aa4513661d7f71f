import { explainFailure } from '../explain-failure.ts';
import { ApiRefusal } from './api-client.ts';
import { BadUsage } from './arguments.ts';
import { DownloadFailed } from './download.ts';
import { UploadFailed } from './upload-form.ts';

/** What went wrong, for the person at the terminal. What nobody foresaw keeps its stack. */
export function explainError(error: Error): string {
  if (error instanceof BadUsage) return `${error.message}\nHow it is called: npm run demo -- --help`;
  if (error instanceof ApiRefusal && error.code === 'http-401')
    return 'The API asks for a token: set CLIPWRIGHT_TOKEN.';
  if (error instanceof ApiRefusal) return `Refused (${error.code}): ${error.message}`;
  if (error instanceof UploadFailed || error instanceof DownloadFailed) return error.message;
  // What fetch throws says only that it failed.
  if (error instanceof TypeError && error.cause instanceof Error)
    return `No connection: ${error.cause.message}`;
  // The disk's own words are plain: EACCES: permission denied, mkdir '/clips'.
  if ('path' in error) return error.message;
  return explainFailure(error);
}
