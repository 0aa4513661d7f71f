import { describe, expect, it } from '@jest/globals';
import { FunctionError } from '../../local/types.ts';
import { roleArn } from '../support/access.ts';
import { aDefinition, aTask, failing, functionArn, never } from '../support/states.ts';
import { statesPerTest } from '../support/states-per-test.ts';

const { run } = statesPerTest();

describe('a state machine on this machine', () => {
  it('calls each function with the state’s input, in its owner’s line, and puts the answers where they belong', async () => {
    const { output, calls } = await run(
      {
        Probe: aTask('granted-probe', {
          Parameters: { 'id.$': '$.job_id', 'run.$': '$$.Execution.Name' },
          ResultPath: '$.facts',
          Next: 'Note',
        }),
        Note: aTask('granted-note', { ResultPath: null, Next: 'Whole' }),
        Whole: { Type: 'Pass', ResultPath: '$', End: true },
      },
      { 'granted-probe': () => ({ kind: 'video' }), 'granted-note': () => undefined },
      { job_id: '1', owner: 'alice' },
    );

    const input = { job_id: '1', owner: 'alice', facts: { kind: 'video' } };
    expect(calls).toEqual([
      { name: 'granted-probe', payload: { id: '1', run: 'run' }, line: 'alice' },
      { name: 'granted-note', payload: input, line: 'alice' },
    ]);
    expect(output).toEqual(input);
  });

  it('chooses, also by what is absent', async () => {
    const { output } = await run({
      Choose: {
        Type: 'Choice',
        Choices: [{ Variable: '$.audio', IsPresent: false, Next: 'Silent' }],
        Default: 'Heard',
      },
      Silent: { Type: 'Pass', Result: { kind: 'silent' }, End: true },
      Heard: { Type: 'Pass', Result: { kind: 'heard' }, End: true },
    });

    expect(output).toEqual({ kind: 'silent' });
  });

  it('retries what may pass, and goes on where it left off', async () => {
    const retry = [
      { ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 2, JitterStrategy: 'FULL' },
    ];

    const { output, calls } = await run(
      { Run: aTask('granted-run', { Retry: retry }) },
      { 'granted-run': failing(2, new Error('connection reset')) },
    );

    expect(output).toBe('done');
    expect(calls).toHaveLength(3);
  });

  it('never retries a permanent failure, and hands its name and cause to the state that catches it', async () => {
    const { output, calls } = await run(
      {
        Run: aTask('granted-run', {
          Retry: [{ ErrorEquals: ['NotMedia'], MaxAttempts: 0 }, { ErrorEquals: ['States.ALL'] }],
          Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'Fail' }],
        }),
        Fail: aTask('granted-fail'),
      },
      {
        'granted-run': failing(
          9,
          new FunctionError('NotMedia', 'no recording', ['NotMedia: no recording', 'at probe']),
        ),
        'granted-fail': ({ failure, job_id }) => ({ ...failure, job_id }),
      },
      { job_id: '1' },
    );

    expect(calls.map(({ name }) => name)).toEqual(['granted-run', 'granted-fail']);
    expect(output).toEqual({
      job_id: '1',
      Error: 'NotMedia',
      Cause:
        '{"errorType":"NotMedia","errorMessage":"no recording","trace":["NotMedia: no recording","at probe"]}',
    });
  });

  it('fails with the error that no state caught', async () => {
    const { status, error, cause } = await run(
      { Run: aTask('granted-run') },
      { 'granted-run': failing(1, new FunctionError('SourceChanged', 'another file')) },
    );

    expect({ status, error }).toEqual({ status: 'FAILED', error: 'SourceChanged' });
    expect(JSON.parse(cause!)).toMatchObject({ errorMessage: 'another file' });
  });

  it('fails as a Fail state says', async () => {
    const fail = { Type: 'Fail', ErrorPath: '$.failure.Error', CausePath: '$.failure.Cause' };

    const ended = await run({ Fail: fail }, {}, { failure: { Error: 'NotMedia', Cause: 'no recording' } });

    expect(ended).toMatchObject({ status: 'FAILED', error: 'NotMedia', cause: 'no recording' });
  });

  it('is not allowed to call a function that its role is not granted', async () => {
    const ended = await run({ Run: aTask('other') }, { other: () => 'ok' });

    expect(ended).toMatchObject({
      error: 'Lambda.AWSLambdaException',
      cause: `User: ${roleArn('machine')} is not authorized to perform: lambda:InvokeFunction on resource: ${functionArn('other')}`,
    });
    expect(ended.calls).toEqual([]);
  });

  it('gives up on a task after its timeout, which can be caught by name', async () => {
    const { output } = await run(
      {
        Run: aTask('granted-run', {
          TimeoutSeconds: 1,
          Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Late' }],
        }),
        Late: { Type: 'Pass', Result: 'late', End: true },
      },
      { 'granted-run': never },
    );

    expect(output).toBe('late');
  });

  it('ends as a whole after its timeout, and calls nothing any more', async () => {
    const retry = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 30 }];

    const ended = await run(
      aDefinition({ Run: aTask('granted-run', { Retry: retry }) }, { TimeoutSeconds: 1 }),
      { 'granted-run': failing(9, new Error('connection reset')) },
    );

    expect(ended).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
    expect(ended.calls).toHaveLength(1);
    expect(ended.events.map(({ detail }) => detail.status)).toEqual(['RUNNING', 'TIMED_OUT']);
  });

  it('refuses more than 256 KiB between its states, and lets nobody catch that', async () => {
    const { error } = await run(
      {
        Run: aTask('granted-run', { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }] }),
        Caught: { Type: 'Succeed' },
      },
      { 'granted-run': () => 'x'.repeat(256 * 1024) },
    );

    expect(error).toBe('States.DataLimitExceeded');
  });
});
