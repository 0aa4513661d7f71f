import { describe, expect, it } from '@jest/globals';
import { checkDefinition, type State } from '../../local/states/definition.ts';
import { aDefinition, aTask, functionArn } from '../support/states.ts';

const aMap = (more: object = {}, inside: Record<string, State> = { Inside: aTask('inside') }): State => ({
  Type: 'Map',
  ItemProcessor: aDefinition(inside),
  End: true,
  ...more,
});

describe('a definition', () => {
  it('may hold all that the pipeline needs', () => {
    const retry = [
      { ErrorEquals: ['NotMedia'], MaxAttempts: 0 },
      {
        ErrorEquals: ['States.ALL'],
        ...{
          IntervalSeconds: 2,
          BackoffRate: 2,
          MaxAttempts: 4,
          MaxDelaySeconds: 30,
          JitterStrategy: 'FULL',
        },
      },
    ];
    const fail = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'Fail' }];

    const definition = aDefinition(
      {
        Probe: aTask('probe', {
          TimeoutSeconds: 60,
          Retry: retry,
          Catch: fail,
          ResultPath: null,
          Next: 'Choose',
        }),
        Choose: {
          Type: 'Choice',
          Choices: [{ Variable: '$.audio', IsPresent: true, Next: 'Clips' }],
          Default: 'Clips',
        },
        Clips: aMap({
          ...{ ItemsPath: '$.clips', MaxConcurrency: 10, ResultPath: null, Catch: fail },
          ItemSelector: { 'clip.$': '$$.Map.Item.Value', 'run.$': '$$.Execution.Name' },
        }),
        Fail: { Type: 'Fail', ErrorPath: '$.failure.Error', CausePath: '$.failure.Cause' },
      },
      { TimeoutSeconds: 7200, Comment: 'the pipeline' },
    );

    expect(() => checkDefinition(definition)).not.toThrow();
  });

  it.each<[string, Record<string, State>, string]>([
    [
      'calls another service',
      { Put: { ...aTask('x'), Resource: 'arn:aws:states:::dynamodb:putItem' } },
      'state Put: it does not support the resource arn:aws:states:::dynamodb:putItem',
    ],
    [
      'calls a function through the service',
      { Run: { ...aTask('x'), Resource: 'arn:aws:states:::lambda:invoke' } },
      'the resource arn:aws:states:::lambda:invoke',
    ],
    [
      'calls another service inside a Map',
      { All: aMap({}, { Put: { ...aTask('x'), Resource: 'arn:aws:states:::sns:publish' } }) },
      'state Put',
    ],
    [
      'runs branches',
      { Both: { Type: 'Parallel', Branches: [aDefinition({ One: aTask('one') })], End: true } },
      'state Both: it does not support the type Parallel',
    ],
    [
      'maps in a distributed way',
      {
        All: aMap({
          ItemProcessor: aDefinition(
            { Inside: aTask('x') },
            { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } },
          ),
        }),
      },
      'a Map of mode DISTRIBUTED',
    ],
    ['tolerates failures', { All: aMap({ ToleratedFailureCount: 1 }) }, 'the field ToleratedFailureCount'],
    [
      'wants heartbeats',
      { Run: aTask('x', { HeartbeatSeconds: 5, TimeoutSeconds: 60 }) },
      'the field HeartbeatSeconds',
    ],
    ['assigns variables', { Note: { Type: 'Pass', Assign: { a: 1 }, End: true } }, 'the field Assign'],
    ['speaks JSONata', { Note: { Type: 'Pass', QueryLanguage: 'JSONata', End: true } }, 'JSONata'],
    [
      'asks for the time',
      { Note: { Type: 'Pass', Parameters: { 'at.$': '$$.State.EnteredTime' }, End: true } },
      '$$.State.EnteredTime',
    ],
    [
      'asks for the input of the execution',
      { Note: { Type: 'Pass', Parameters: { 'in.$': '$$.Execution.Input.id' }, End: true } },
      '$$.Execution.Input.id',
    ],
    ['results in nothing', { Note: { Type: 'Pass', Result: false, End: true } }, 'the Result false'],
    [
      'formats a cause',
      { Fail: { Type: 'Fail', Error: 'X', CausePath: "States.Format('{}', $.a)" } },
      'an intrinsic function',
    ],
  ])('is refused, and the state named, where it %s', (_, states, message) => {
    expect(() => checkDefinition(aDefinition(states))).toThrow(message);
  });

  it('is refused where asl-validator finds a fault', () => {
    const lost = aDefinition({ Run: aTask('x', { Next: 'Nowhere' }) });

    expect(() => checkDefinition(lost)).toThrow(/MISSING_TRANSITION_TARGET/);
  });

  it('may name a version of a function', () => {
    const definition = aDefinition({ Run: { ...aTask('x'), Resource: `${functionArn('x')}:live` } });

    expect(() => checkDefinition(definition)).not.toThrow();
  });
});
