import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type * as z from 'zod';
import { logger, metrics } from './observability.ts';
import { now } from './step-function.ts';

/** A function called by EventBridge, at least once an event: an error means that it is delivered again. */
export function eventFunction<S extends z.ZodType>(
  schema: S,
  handle: (event: z.output<S>, now: () => string) => Promise<void>,
) {
  return middy<unknown, void, Error, Context>()
    .use(injectLambdaContext(logger, { clearState: true }))
    .use(logMetrics(metrics))
    .use({
      onError: ({ error }) => {
        logger.error('The event could not be taken', error as Error);
      },
    })
    .handler((event) => handle(schema.parse(event), now));
}
