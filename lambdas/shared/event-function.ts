import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type * as z from 'zod';
import { logger } from './observability.ts';
import { publishMetrics } from './publish-metrics.ts';
import { now } from './step-function.ts';

/** A function called by EventBridge, at least once an event: an error means that it is delivered again. */
export function eventFunction<S extends z.ZodType>(
  schema: S,
  handle: (event: z.output<S>, now: () => string) => Promise<void>,
) {
  return middy<unknown, void, Error, Context>()
    .use(injectLambdaContext(logger, { clearState: true }))
    .use(publishMetrics())
    .use({
      onError: ({ error }) => {
        logger.error('The event could not be taken', error as Error);
      },
    })
    .handler((event) => handle(schema.parse(event), now));
}
