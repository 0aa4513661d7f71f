import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import {
  Choice,
  Condition,
  DefinitionBody,
  Fail,
  JsonPath,
  LogLevel,
  Map as MapState,
  QueryLanguage,
  StateMachine,
  StateMachineType,
  Succeed,
  type TaskStateBase,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import type { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { acknowledge, acknowledgeWildcard } from './acknowledge.ts';
import { invokeStep } from './invoke-step.ts';
import { logGroup } from './log-group.ts';
import type { PipelineFunctions } from './pipeline-functions.ts';

import type { Transcription } from './transcription.ts';
import type { VerbFunction } from './verb-function.ts';

/** How many clips of one job are rendered at a time: of the ten functions of a new account two are left for the API. */
const renderConcurrency = 8;

/** Some transcripts take a minute, some an hour; each look costs a ten-thousandth of a dollar. */
const transcriptInterval = Duration.seconds(20);

const run = { job_id: JsonPath.stringAt('$.job_id'), attempt: JsonPath.numberAt('$.attempt') };
const clipRun = { ...run, clip_number: JsonPath.numberAt('$.clip_number') };
const caught = { caught: JsonPath.objectAt('$.caught') };

/**
 * probe → audio → segments → Map(render) → finish → clean up, and from every step to fail-job; either way, announce.
 * Only ids travel; everything else is in the table and the buckets. Every step may run twice.
 */
export class JobWorkflow extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, functions: PipelineFunctions, transcription?: Transcription) {
    super(scope, id);

    // An announcement that can't be made now is left to reconciliation: it changes nothing of how the job ended.
    const announce = (name: string, end: Fail | Succeed) =>
      this.step(name, functions.announceJob, run)
        .addCatch(end, { errors: ['States.ALL'], resultPath: JsonPath.DISCARD })
        .next(end);
    const failed = this.step('FailJob', functions.failJob, { ...run, ...caught }).next(
      announce(
        'AnnounceFailure',
        new Fail(this, 'Failed', { errorPath: '$.caught.Error', cause: 'See the job for the reason' }),
      ),
    );
    const guarded = (name: string, fn: VerbFunction) =>
      this.step(name, fn, run).addCatch(failed, { errors: ['States.ALL'], resultPath: '$.caught' });

    const selectSegments = this.step('SelectSegments', functions.selectSegments, run, '$.selected').addCatch(
      failed,
      { errors: ['States.ALL'], resultPath: '$.caught' },
    );

    // A clip that fails does not stop the others: finish-job sees it, and fails the job then.
    const failClip = this.step('FailClip', functions.failClip, { ...clipRun, ...caught });
    const renderClip = this.step('RenderClip', functions.renderClip, clipRun).addCatch(failClip, {
      errors: ['States.ALL'],
      resultPath: '$.caught',
    });
    const renderClips = new MapState(this, 'RenderClips', {
      itemsPath: '$.selected.clip_numbers',
      itemSelector: { ...run, clip_number: JsonPath.numberAt('$$.Map.Item.Value') },
      maxConcurrency: renderConcurrency,
      resultPath: JsonPath.DISCARD,
    });
    renderClips.itemProcessor(renderClip);
    renderClips.addCatch(failed, { errors: ['States.ALL'], resultPath: '$.caught' });

    const choose = transcription ? this.transcribeFirst(transcription, selectSegments) : selectSegments;
    selectSegments
      .next(renderClips)
      .next(guarded('FinishJob', functions.finishJob))
      .next(guarded('CleanUpJob', functions.cleanUpJob))
      .next(announce('AnnounceJob', new Succeed(this, 'Done')));
    const definition = guarded('ProbeSource', functions.probeSource)
      .next(guarded('ExtractAudio', functions.extractAudio))
      .next(choose);

    this.stateMachine = new StateMachine(this, 'StateMachine', {
      stateMachineType: StateMachineType.STANDARD,
      queryLanguage: QueryLanguage.JSON_PATH,
      definitionBody: DefinitionBody.fromChainable(definition),
      timeout: Duration.hours(6),
      logs: {
        destination: logGroup(this, 'Logs'),
        level: LogLevel.ALL,
        includeExecutionData: false,
      },
    });
    acknowledge(this.stateMachine, 'SF2', 'Every log line carries the job id; traces would show the same.');
    this.acknowledgeWildcards([
      ...functions.all(),
      ...(transcription ? [transcription.transcribeAudio] : []),
    ]);
  }

  /** The permission and the name, to start an execution. */
  grantStart(fn: VerbFunction): void {
    fn.allow(['states:StartExecution'], [this.stateMachine.stateMachineArn]);
    fn.setVariable('STATE_MACHINE_ARN', this.stateMachine.stateMachineArn);
  }

  grantDescribe(fn: VerbFunction): void {
    this.allowExecutions(fn, 'states:DescribeExecution');
  }

  grantStop(fn: VerbFunction): void {
    this.allowExecutions(fn, 'states:StopExecution');
  }

  private allowExecutions(fn: VerbFunction, action: string): void {
    const executions = Stack.of(this).formatArn({
      service: 'states',
      resource: 'execution',
      resourceName: `${this.stateMachine.stateMachineName}:*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    fn.allow([action], [executions], 'Executions are named after jobs.');
    fn.setVariable('STATE_MACHINE_ARN', this.stateMachine.stateMachineArn);
  }

  /** Asks until it is done. Whatever fails there: segments are chosen all the same, by the sound. */
  private transcribeFirst({ transcribeAudio }: Transcription, selectSegments: TaskStateBase): TaskStateBase {
    const wait = new Wait(this, 'AwaitTranscript', { time: WaitTime.duration(transcriptInterval) });
    const transcribe = this.step('TranscribeAudio', transcribeAudio, run, '$.transcription');
    transcribe.addCatch(selectSegments, { errors: ['States.ALL'], resultPath: '$.caught' });
    transcribe.next(
      new Choice(this, 'IsTranscribed')
        .when(Condition.booleanEquals('$.transcription.done', true), selectSegments)
        .otherwise(wait.next(transcribe)),
    );
    return transcribe;
  }

  private acknowledgeWildcards(functions: VerbFunction[]): void {
    const { role } = this.stateMachine;
    acknowledgeWildcard(role, '*', 'The actions of log delivery know no resources.');
    for (const fn of functions) {
      acknowledgeWildcard(
        role,
        `${fn.function.functionArn}:*`,
        'CDK grants the versions of a function along with it.',
      );
    }
  }

  private step(
    name: string,
    fn: VerbFunction,
    payload: Record<string, unknown>,
    resultPath?: string,
  ): LambdaInvoke {
    return invokeStep(this, name, fn, payload, { resultPath });
  }
}
