/** What was wrong with one field, and what to do about it. */
export interface FieldError {
  field: string;
  message: string;
}

/**
 * The caller asked for something that can't be done. `code` is stable and becomes the problem's `code`;
 * the message says what to do instead.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly errors: FieldError[];

  constructor(code: RefusalCode, message: string, errors: FieldError[] = []) {
    super(message);
    this.code = code;
    this.errors = errors;
  }
}

export type RefusalCode =
  | 'invalid-json'
  | 'validation-failed'
  | 'unsupported-file-type'
  | 'file-too-large'
  | 'unauthorized'
  | 'job-not-found'
  | 'wrong-key'
  | 'source-not-uploaded'
  | 'source-size-differs'
  | 'already-started'
  | 'not-found';

/** The same answer for a job that isn't there and for a stranger's: nobody learns which. */
export function jobNotFound(): Refusal {
  return new Refusal('job-not-found', 'There is no such job among yours.');
}
