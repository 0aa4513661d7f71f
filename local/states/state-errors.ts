/**
 * An error as Retry and Catch see it: `name` is matched by ErrorEquals and becomes Error, the message becomes Cause.
 * The interpreter reads the two flags.
 */
export class StateError extends Error {
  override readonly name: string;
  readonly isRetryable: boolean;
  readonly isCatchable: boolean;

  constructor(error: string, cause: string, { terminal = false } = {}) {
    super(cause);
    this.name = error;
    this.isRetryable = !terminal;
    this.isCatchable = !terminal;
  }
}

/** The execution was stopped, or the Map around it failed: nothing may catch this, nor try again. */
export class Abandoned extends StateError {
  constructor() {
    super('Abandoned', 'The execution does not go on', { terminal: true });
  }
}
