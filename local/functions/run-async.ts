import { setTimeout as delay } from 'node:timers/promises';
import type { DeadLetters } from '../events/dead-letters.ts';
import type { FunctionDefinition } from './function-definition.ts';

/** Lambda waits a minute before the first retry of an event, and two before the second. */
export const lambdaRetryDelaysMs = [60_000, 120_000];

export interface AsyncSettings {
  run(functionArn: string, payload: unknown): Promise<unknown>;
  deadLetters: DeadLetters;
  retryDelaysMs: number[];
  signal: AbortSignal;
}

/**
 * An asynchronous invocation: tried again after a failure, then given to the function's dead-letter queue or dropped.
 * Resolves when nothing more will happen. Throws only when `signal` is aborted: then the event has to come again.
 */
export async function runAsync(
  definition: FunctionDefinition,
  event: unknown,
  settings: AsyncSettings,
): Promise<void> {
  const { run, deadLetters, retryDelaysMs, signal } = settings;
  for (let attempt = 0; ; attempt += 1) {
    try {
      await run(definition.arn, event);
      return;
    } catch (error) {
      signal.throwIfAborted();
      const delayMs = attempt < definition.maxRetries ? retryDelaysMs[attempt] : undefined;
      if (delayMs === undefined) {
        deadLetters.add(definition.onFailureArn, { event, reason: error as Error, source: definition.arn });
        return;
      }
      await delay(delayMs, undefined, { signal });
    }
  }
}
