import { Duration } from 'aws-cdk-lib';
import type { RetryProps } from 'aws-cdk-lib/aws-stepfunctions';
import { finalWebhookFailures } from '../core/announce/webhook-failures.ts';
import { limits } from '../core/limits.ts';
import { jitterStrategy, lambdaRetry } from './step-retries.ts';

const { firstRetrySeconds, backoffRate, longestRetrySeconds, retries } = limits.webhook;

/** How a webhook is called again: over hours, at random moments, so that not all calls of an outage come at once. */
export const webhookRetries: RetryProps[] = [
  { errors: [...finalWebhookFailures], maxAttempts: 0 },
  lambdaRetry,
  {
    errors: ['States.ALL'],
    interval: Duration.seconds(firstRetrySeconds),
    backoffRate,
    maxDelay: Duration.seconds(longestRetrySeconds),
    maxAttempts: retries,
    jitterStrategy,
  },
];
