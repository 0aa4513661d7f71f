import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { WebhookFailure } from '../../core/announce/webhook-failures.ts';
import { PermanentFailure } from '../../core/failures.ts';
import { meter } from './meter.ts';
import { logger, nameJob } from './observability.ts';
import { publishMetrics } from './publish-metrics.ts';

/** What travels through the state machine. */
export const runSchema = z
  .object({ job_id: z.string(), attempt: z.int().positive() })
  .transform(({ job_id, attempt }) => ({ jobId: job_id, attempt }));

export const clipRunSchema = z
  .object({ job_id: z.string(), attempt: z.int().positive(), clip_number: z.int().positive() })
  .transform(({ job_id, attempt, clip_number }) => ({ jobId: job_id, attempt, clipNumber: clip_number }));

/** `Error` and `Cause` of a Catch. */
export const caughtSchema = z.object({ Error: z.string(), Cause: z.string().optional() });

export interface StepRun {
  /** Aborts a few seconds before the function would be killed, so that ffmpeg and files are cleaned up. */
  signal: AbortSignal;
  now: () => string;
}

const secondsToCleanUp = 5;

/** A function called by the state machine: logs and metrics around `handle`; errors go to Retry and Catch by name. */
export function stepFunction<S extends z.ZodType<{ jobId: string }>, Result>(
  schema: S,
  handle: (run: z.output<S>, room: StepRun) => Promise<Result>,
) {
  return middy<unknown, Result, Error, Context>()
    .use(injectLambdaContext(logger, { clearState: true }))
    .use(publishMetrics())
    .use({
      onError: ({ error }) => {
        logger[levelOf(error)]('The step failed', error as Error);
      },
    })
    .handler(async (event, context) => {
      meter.start();
      const run = schema.parse(event);
      nameJob(run.jobId);

      const workMs = Math.max(1000, context.getRemainingTimeInMillis() - secondsToCleanUp * 1000);
      return handle(run, { signal: AbortSignal.timeout(workMs), now });
    });
}

/** How a failed step is logged: an error is ours to mend, what is wrong with a recording or a receiver is not. */
export function levelOf(error: unknown): 'error' | 'warn' {
  return error instanceof PermanentFailure || error instanceof WebhookFailure ? 'warn' : 'error';
}

export function now(): string {
  return new Date().toISOString();
}
