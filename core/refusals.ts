/** What was wrong with one field, and what to do about it. */
export interface FieldError {
  field: string;
  message: string;
}

/** How to get to what was asked, all the same. */
export interface WayOn {
  /** A path to go on with instead. */
  link?: string;
  /** When the same call may succeed. */
  retryAfterSeconds?: number;
}

/**
 * The caller asked for something that can't be done. `code` is stable and becomes the problem's `code`;
 * the message says what to do instead.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly errors: FieldError[];
  readonly way: WayOn;

  constructor(code: RefusalCode, message: string, errors: FieldError[] = [], way: WayOn = {}) {
    super(message);
    this.code = code;
    this.errors = errors;
    this.way = way;
  }
}

export type RefusalCode =
  | 'invalid-json'
  | 'validation-failed'
  | 'unsupported-file-type'
  | 'file-too-large'
  | 'multipart-required'
  | 'unauthorized'
  | 'job-not-found'
  | 'wrong-key'
  | 'upload-not-found'
  | 'upload-incomplete'
  | 'source-not-uploaded'
  | 'source-size-differs'
  | 'already-started'
  | 'already-ended'
  | 'not-retryable'
  | 'job-running'
  | 'invalid-form'
  | 'file-too-large-for-form'
  | 'too-many-active-jobs'
  | 'daily-bytes-exceeded'
  | 'not-found';

/** The same answer for a job that isn't there and for a stranger's: nobody learns which. */
export function jobNotFound(): Refusal {
  return new Refusal('job-not-found', 'There is no such job among yours.');
}

/** The parts are no longer to be had: S3 forgot them, or they are a source already. */
export function uploadNotFound(): Refusal {
  return new Refusal(
    'upload-not-found',
    'This upload is no longer open: it was completed or aborted, or it has expired.',
  );
}
