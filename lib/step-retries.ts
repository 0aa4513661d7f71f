import { Duration } from 'aws-cdk-lib';
import { JitterType, type RetryProps } from 'aws-cdk-lib/aws-stepfunctions';
import { permanentFailures } from '../core/failures.ts';

export const jitterStrategy = JitterType.FULL;

/**
 * Lambda's own troubles, above all too many functions at once: they pass, in minutes rather than seconds.
 * Not AWSLambdaException: a missing permission comes as that, too.
 */
export const lambdaRetry: RetryProps = {
  errors: [
    'Lambda.TooManyRequestsException',
    'Lambda.ServiceException',
    'Lambda.SdkClientException',
    'Lambda.ClientExecutionTimeoutException',
  ],
  interval: Duration.seconds(2),
  backoffRate: 2,
  maxDelay: Duration.seconds(60),
  maxAttempts: 30,
  jitterStrategy,
};

/** How a step of the state machine is tried again: the first that matches an error decides. */
export const stepRetries: RetryProps[] = [
  { errors: Object.keys(permanentFailures), maxAttempts: 0 },
  lambdaRetry,
  // What was too slow once is likely to be so again, and each try costs the whole time.
  {
    errors: ['TimeoutError', 'Sandbox.Timedout', 'States.Timeout'],
    interval: Duration.seconds(2),
    maxAttempts: 1,
    jitterStrategy,
  },
  {
    errors: ['States.ALL'],
    interval: Duration.seconds(2),
    backoffRate: 2,
    maxDelay: Duration.seconds(30),
    maxAttempts: 3,
    jitterStrategy,
  },
];
