import { retryAfterMs } from '../backoff.ts';
import { TransientFailure } from '../retrying.ts';
import type { StreamAnswer } from './send-stream.ts';
import { UploadFailed } from './upload-failed.ts';

/** Some of S3's 4xx mean "again, please". */
const transientCodes = [
  'RequestTimeout',
  'SlowDown',
  'ServiceUnavailable',
  'InternalError',
  'RequestTimeTooSkewed',
];

/** S3 answered 403: what was signed is not good, or no longer. */
export class StorageForbidden extends UploadFailed {}

/** Returns where S3 took it. Throws TransientFailure where the same may work in a moment, else UploadFailed. */
export function requireTaken({ status, headers, body }: StreamAnswer): void {
  if (status < 300) return;
  const [code, message] = ['Code', 'Message'].map((tag) => body.match(`<${tag}>([^<]*)</${tag}>`)?.[1]);
  // S3's own words hold no signature; the answer as a whole may repeat what was signed.
  const reason = code && message ? `${code}, ${message}` : `${status}`;

  if (status >= 500 || status === 429 || status === 408 || transientCodes.includes(code ?? '')) {
    throw new TransientFailure(`The storage can't take it now: ${reason}`, {
      retryAfterMs: retryAfterMs(headers['retry-after'], Date.now()),
    });
  }
  if (status === 403) throw new StorageForbidden(`The upload was refused: ${reason}`);
  throw new UploadFailed(`The upload was refused: ${reason}`);
}
