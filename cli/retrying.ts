import { setTimeout } from 'node:timers/promises';
import { backoffMs } from './backoff.ts';

/** What may well succeed when it is tried again: the network, an overloaded server. The message is for people. */
export class TransientFailure extends Error {
  override readonly name: string = 'TransientFailure';
  /** What the server asked for, if it did. */
  readonly retryAfterMs?: number;

  constructor(message: string, options: { cause?: unknown; retryAfterMs?: number } = {}) {
    super(message, options);
    this.retryAfterMs = options.retryAfterMs;
  }
}

export interface Patience {
  signal: AbortSignal;
  /** So many failures in a row are the end of it. */
  attempts: number;
  /** Something that grows while all of the work gets on: failures before it grew are forgotten. */
  progress?: () => number;
  onRetry?: (failure: TransientFailure) => void;
  sleep?: (ms: number, signal: AbortSignal) => Promise<unknown>;
  random?: () => number;
}

const sleepFor = (ms: number, signal: AbortSignal) => setTimeout(ms, undefined, { signal });

/** Does the work until it succeeds. Throws its last TransientFailure when patience ends, any other error at once. */
export async function retrying<Answer>(work: () => Promise<Answer>, patience: Patience): Promise<Answer> {
  const { signal, attempts, progress = () => 0, onRetry, sleep = sleepFor, random = Math.random } = patience;
  let failures = 0;
  let reached = progress();
  for (;;) {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof TransientFailure)) throw error;

      const reachedNow = progress();
      failures = reachedNow > reached ? 1 : failures + 1;
      reached = reachedNow;
      if (failures >= attempts) throw error;
      onRetry?.(error);
      await sleep(Math.max(backoffMs(failures, random()), error.retryAfterMs ?? 0), signal);
    }
  }
}
