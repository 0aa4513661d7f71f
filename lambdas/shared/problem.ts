import { InvalidCursor } from '../../core/ports/job-store.ts';
import { type FieldError, Refusal, type RefusalCode } from '../../core/refusals.ts';

/** RFC 9457. `code` is stable; `errors` names the fields. Never an exception's text. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  errors: FieldError[];
  /** A path: the other way to what was asked. */
  link?: string;
  request_id: string;
}

const kinds: Record<RefusalCode | 'internal-error', { status: number; title: string }> = {
  'invalid-json': { status: 400, title: 'The body is not JSON' },
  'validation-failed': { status: 422, title: 'The request is not valid' },
  'unsupported-file-type': { status: 422, title: 'Files of this type are not taken' },
  'file-too-large': { status: 422, title: 'The file is too large' },
  'multipart-required': { status: 422, title: 'The file has to be uploaded in parts' },
  unauthorized: { status: 401, title: 'Sign in first' },
  'job-not-found': { status: 404, title: 'No such job' },
  'not-found': { status: 404, title: 'No such path' },
  'upload-not-found': { status: 404, title: 'No such upload' },
  'upload-incomplete': { status: 409, title: 'The upload is not complete' },
  'wrong-key': { status: 409, title: 'The key belongs to another upload' },
  'source-not-uploaded': { status: 409, title: 'The source is not uploaded yet' },
  'source-size-differs': { status: 409, title: 'The upload is not what was declared' },
  'already-ended': { status: 409, title: 'The job has ended already' },
  'not-retryable': { status: 409, title: 'The job cannot be retried' },
  'job-running': { status: 409, title: 'The job has not ended yet' },
  'invalid-form': { status: 400, title: 'The body is not a form' },
  'file-too-large-for-form': { status: 413, title: 'The file is too large for a form' },
  'already-started': { status: 409, title: 'The job has been started already' },
  'too-many-active-jobs': { status: 429, title: 'Too many jobs at a time' },
  'daily-bytes-exceeded': { status: 429, title: 'Too many bytes for one day' },
  'internal-error': { status: 500, title: 'Something went wrong on our side' },
};

/** What a caller is told of an error. */
export function toProblem(error: unknown, requestId: string): Problem {
  const refusal = asRefusal(error);
  const code = refusal?.code ?? 'internal-error';
  return {
    type: `urn:clipwright:problem:${code}`,
    ...kinds[code],
    detail: refusal?.message ?? 'It has been logged under the request_id. Try again in a moment.',
    code,
    errors: refusal?.errors ?? [],
    ...(refusal?.way.link && { link: refusal.way.link }),
    request_id: requestId,
  };
}

/** When the same call may succeed, where that is known. */
export function retryAfterOf(error: unknown): Record<string, string> {
  const seconds = asRefusal(error)?.way.retryAfterSeconds;
  return seconds === undefined ? {} : { 'retry-after': String(seconds) };
}

function asRefusal(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (!(error instanceof InvalidCursor)) return undefined;

  const message = 'Give back the next_cursor of the page before, or leave it out.';
  return new Refusal('validation-failed', error.message, [{ field: 'cursor', message }]);
}
