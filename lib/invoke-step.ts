import { Duration } from 'aws-cdk-lib';
import { JsonPath, type RetryProps, TaskInput, Timeout } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import { stepRetries } from './step-retries.ts';
import type { VerbFunction } from './verb-function.ts';

interface Options {
  /** Where the answer goes in the state; unless told, it is dropped. */
  resultPath?: string;
  retries?: RetryProps[];
}

/** A state that calls one function. Unless told otherwise, permanent failures are never tried again, all others are, with full jitter. */
export function invokeStep(
  scope: Construct,
  name: string,
  { function: lambdaFunction }: VerbFunction,
  payload: Record<string, unknown>,
  { resultPath = JsonPath.DISCARD, retries = stepRetries }: Options = {},
): LambdaInvoke {
  const invoke = new LambdaInvoke(scope, name, {
    lambdaFunction,
    payload: TaskInput.fromObject(payload),
    payloadResponseOnly: true,
    resultPath,
    // Above the function's own: Lambda's word on a timeout is the clearer one.
    taskTimeout: Timeout.duration((lambdaFunction.timeout ?? Duration.minutes(1)).plus(Duration.minutes(1))),
    retryOnServiceExceptions: false,
  });
  for (const retry of retries) invoke.addRetry(retry);
  return invoke;
}
