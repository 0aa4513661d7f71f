import { Duration } from 'aws-cdk-lib';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import {
  Choice,
  Condition,
  DefinitionBody,
  JsonPath,
  LogLevel,
  QueryLanguage,
  StateMachine,
  Succeed,
  TaskInput,
  Timeout,
} from 'aws-cdk-lib/aws-stepfunctions';
import { EventBridgePutEvents, SqsSendMessage } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { acknowledge, acknowledgeWildcard } from './acknowledge.ts';
import { deadLetters } from './dead-letters.ts';
import { invokeStep } from './invoke-step.ts';
import type { JobsTable } from './jobs-table.ts';
import { logGroup } from './log-group.ts';
import { jitterStrategy } from './step-retries.ts';
import { answering, VerbFunction } from './verb-function.ts';
import { webhookRetries } from './webhook-retries.ts';

const event = { event: JsonPath.objectAt('$.event') };
const caught = { errors: ['States.ALL'], resultPath: '$.caught' };
const taskTimeout = Timeout.duration(Duration.minutes(1));
const patiently = {
  errors: ['States.ALL'],
  interval: Duration.seconds(2),
  maxDelay: Duration.minutes(1),
  maxAttempts: 6,
  jitterStrategy,
};

/**
 * Tells the world of one job's end: the default event bus, then the job's webhook if it has one. What can't be told
 * ends in a queue. Its executions are named after the events, so that each is told once; docs/adr/0019.
 */
export class Announcements extends Construct {
  readonly callWebhook: VerbFunction;
  readonly failWebhook: VerbFunction;
  readonly stateMachine: StateMachine;
  /** Events that the bus did not take, calls that were given up. */
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, jobs: JobsTable) {
    super(scope, id);

    // It talks to servers of strangers, so it may do next to nothing here.
    this.callWebhook = new VerbFunction(this, 'call-webhook', {
      ...answering,
      memoryMb: 256,
      timeout: Duration.seconds(30),
    });
    this.failWebhook = new VerbFunction(this, 'fail-webhook', { ...answering, memoryMb: 256 });
    for (const fn of [this.callWebhook, this.failWebhook]) {
      jobs.grantRead(fn);
      jobs.grantCreate(fn);
    }

    const told = new Succeed(this, 'Told');
    this.deadLetters = deadLetters(this, 'DeadLetters');
    const call = invokeStep(this, 'CallWebhook', this.callWebhook, event, { retries: webhookRetries });
    const failed = invokeStep(this, 'FailWebhook', this.failWebhook, {
      ...event,
      caught: JsonPath.objectAt('$.caught'),
    });
    const keepCall = this.keep('KeepCall').next(told);
    call.addCatch(failed, caught).next(told);
    failed.addCatch(keepCall, { errors: ['States.ALL'], resultPath: JsonPath.DISCARD }).next(keepCall);
    const callIfAsked = new Choice(this, 'HasWebhook')
      .when(Condition.booleanEquals('$.calls_webhook', true), call)
      .otherwise(told);

    const emit = new EventBridgePutEvents(this, 'EmitEvent', {
      entries: [
        {
          source: 'clipwright',
          detailType: JsonPath.stringAt('$.detail_type'),
          detail: TaskInput.fromJsonPathAt('$.event'),
        },
      ],
      resultPath: JsonPath.DISCARD,
      taskTimeout,
    });
    emit.addRetry(patiently);
    // The one is told whatever becomes of the other.
    emit.addCatch(this.keep('KeepEvent').next(callIfAsked), caught).next(callIfAsked);

    this.stateMachine = new StateMachine(this, 'StateMachine', {
      queryLanguage: QueryLanguage.JSON_PATH,
      definitionBody: DefinitionBody.fromChainable(emit),
      timeout: Duration.days(2),
      logs: { destination: logGroup(this, 'Logs'), level: LogLevel.ALL, includeExecutionData: false },
    });
    acknowledge(this.stateMachine, 'SF2', 'Every log line carries the job id; traces would show the same.');
    acknowledgeWildcard(this.stateMachine.role, '*', 'The actions of log delivery know no resources.');
    for (const fn of this.all()) {
      const versions = `${fn.function.functionArn}:*`;
      acknowledgeWildcard(
        this.stateMachine.role,
        versions,
        'CDK grants the versions of a function along with it.',
      );
    }
  }

  /** Into the queue, for a person. */
  private keep(name: string): SqsSendMessage {
    const keep = new SqsSendMessage(this, name, {
      queue: this.deadLetters,
      messageBody: TaskInput.fromJsonPathAt('$'),
      resultPath: JsonPath.DISCARD,
      taskTimeout,
    });
    keep.addRetry(patiently);
    return keep;
  }

  all(): VerbFunction[] {
    return [this.callWebhook, this.failWebhook];
  }

  grantStart(fn: VerbFunction): void {
    fn.allow(['states:StartExecution'], [this.stateMachine.stateMachineArn]);
    fn.setVariable('ANNOUNCEMENTS_ARN', this.stateMachine.stateMachineArn);
  }
}
