import type { HttpApi as Api } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { VerbFunction } from '../verb-function.ts';

/** The parts of the stack that AWS itself measures. */
export interface Watched {
  stateMachine: StateMachine;
  api: Api;
  deadLetters: Queue;
  /** Ends of jobs that could not be told. */
  untold: Queue;
  reconcileJobs: LambdaFunction;
  /** The functions that the state machine calls. */
  steps: VerbFunction[];
}
