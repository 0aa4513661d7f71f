import { Duration } from 'aws-cdk-lib';
import { type EventPattern, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { deadLetters } from './dead-letters.ts';
import type { JobWorkflow } from './job-workflow.ts';
import type { UploadsBucket } from './uploads-bucket.ts';
import type { VerbFunction } from './verb-function.ts';

interface Props {
  uploads: UploadsBucket;
  /** Of the keys whose arrival means something. */
  prefixes: string[];
  workflow: JobWorkflow;
  receiveUpload: VerbFunction;
  reconcileJobs: VerbFunction;
  deleteJob: VerbFunction;
}

/** What calls functions without being asked: arrivals, ends of executions, the clock. */
export class Occasions extends Construct {
  readonly deadLetters: Queue;

  constructor(
    scope: Construct,
    id: string,
    { uploads, prefixes, workflow, receiveUpload, reconcileJobs, deleteJob }: Props,
  ) {
    super(scope, id);
    this.deadLetters = deadLetters(this, 'DeadLetters');

    // Any kind of creation: multipart uploads end as CompleteMultipartUpload, not as Put.
    this.on('SourceArrived', receiveUpload, {
      source: ['aws.s3'],
      detailType: ['Object Created'],
      detail: {
        bucket: { name: [uploads.bucket.bucketName] },
        object: { key: prefixes.map((prefix) => ({ prefix })) },
      },
    });
    this.on('ExecutionDied', reconcileJobs, {
      source: ['aws.states'],
      detailType: ['Step Functions Execution Status Change'],
      detail: {
        stateMachineArn: [workflow.stateMachine.stateMachineArn],
        status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
      },
    });
    new Rule(this, 'EveryFiveMinutes', {
      schedule: Schedule.rate(Duration.minutes(5)),
      targets: [this.target(reconcileJobs)],
    });
    // Deleted jobs are swept by the one function that may delete clips.
    new Rule(this, 'EveryHour', {
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [this.target(deleteJob)],
    });

    for (const fn of [receiveUpload, reconcileJobs, deleteJob]) {
      fn.function.configureAsyncInvoke({ retryAttempts: 2, onFailure: new SqsDestination(this.deadLetters) });
    }
  }

  private on(id: string, fn: VerbFunction, eventPattern: EventPattern): void {
    new Rule(this, id, { eventPattern, targets: [this.target(fn)] });
  }

  private target(fn: VerbFunction): LambdaFunction {
    return new LambdaFunction(fn.function, {
      deadLetterQueue: this.deadLetters,
      retryAttempts: 10,
      maxEventAge: Duration.hours(2),
    });
  }
}
