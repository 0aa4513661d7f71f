import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Definition, State } from '../../local/states/definition.ts';
import { FunctionError } from '../../local/types.ts';
import { roleArn } from '../support/access.ts';
import {
  aDefinition,
  aStatesService,
  aTask,
  executionArn,
  type Functions,
  functionArn,
  type StatesService,
  stateMachineArn,
} from '../support/states.ts';

let service: StatesService;
afterEach(() => service.remove());

/** Runs a machine of these states to its end. */
async function outcome(
  states: Record<string, State> | Definition,
  functions: Functions = {},
  input: unknown = {},
) {
  const definition =
    'StartAt' in states ? (states as Definition) : aDefinition(states as Record<string, State>);
  service = await aStatesService(definition, functions);
  await service.begin('run', input);
  const { status, output, error, cause } = await service.ended('run');
  return { status, output: output && JSON.parse(output), error, cause };
}

/** A function that fails `times` times before it answers. */
function failing(times: number, error: Error, answer: unknown = 'done') {
  let left = times;
  return () => {
    if (left-- > 0) throw error;
    return answer;
  };
}

const never = () => new Promise(() => {});

describe('the protocol of the local Step Functions', () => {
  const waiting = aDefinition({ Wait: aTask('granted-wait') });

  it('starts, describes and lists executions, newest first and page by page', async () => {
    service = await aStatesService(waiting, { 'granted-wait': ({ wait }) => (wait ? never() : 'ok') });
    await service.begin('1', { wait: false });
    await service.ended('1');
    await service.begin('2', { wait: true });

    const first = await service
      .clientOf()
      .send(new DescribeExecutionCommand({ executionArn: executionArn('1') }));
    const page = await service.clientOf().send(new ListExecutionsCommand({ stateMachineArn, maxResults: 1 }));
    const rest = await service
      .clientOf()
      .send(new ListExecutionsCommand({ stateMachineArn, maxResults: 1, nextToken: page.nextToken }));
    const running = await service
      .clientOf()
      .send(new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING' }));

    expect(first).toMatchObject({
      stateMachineArn,
      name: '1',
      status: 'SUCCEEDED',
      input: '{"wait":false}',
      output: '"ok"',
    });
    expect(first.stopDate!.getTime()).toBeGreaterThanOrEqual(first.startDate!.getTime());
    expect([page, rest].flatMap(({ executions }) => executions!.map(({ name }) => name))).toEqual(['2', '1']);
    expect(rest.nextToken).toBeUndefined();
    expect(running.executions).toMatchObject([{ name: '2' }]);
  });

  it('makes one execution of ten starts at once with the same name and input', async () => {
    service = await aStatesService(waiting, { 'granted-wait': never });

    const starts = await Promise.all(Array.from({ length: 10 }, () => service.begin('1', { job_id: '1' })));

    expect(new Set(starts.map((start) => start.executionArn))).toEqual(new Set([executionArn('1')]));
    expect(service.calls).toHaveLength(1);
  });

  it('refuses a name that is taken by another input', async () => {
    service = await aStatesService(waiting, { 'granted-wait': never });
    await service.begin('1', { job_id: '1' });

    await expect(service.begin('1', { job_id: '2' })).rejects.toMatchObject({
      name: 'ExecutionAlreadyExists',
    });
  });

  it('refuses a name once its execution has ended, after a restart too', async () => {
    service = await aStatesService(waiting, { 'granted-wait': () => 'ok' });
    await service.begin('1');
    await service.ended('1');

    await expect(service.begin('1')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
    await service.restart();
    await expect(service.begin('1')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
  });

  it('aborts an execution, and ignores what its task answers later', async () => {
    const { promise, resolve } = Promise.withResolvers();
    service = await aStatesService(
      aDefinition({ Wait: aTask('granted-wait', { Next: 'After' }), After: aTask('granted-after') }),
      {
        'granted-wait': () => promise,
        'granted-after': () => 'never',
      },
    );
    await service.begin('1');

    await service
      .clientOf()
      .send(
        new StopExecutionCommand({ executionArn: executionArn('1'), error: 'Stopped', cause: 'by hand' }),
      );
    resolve('late');
    await promise;
    const execution = await service.ended('1');

    expect(execution).toMatchObject({ status: 'ABORTED', error: 'Stopped', cause: 'by hand' });
    expect(service.calls.map(({ name }) => name)).toEqual(['granted-wait']);
  });

  it.each([
    ['an unknown machine', { stateMachineArn: `${stateMachineArn}x` }, 'StateMachineDoesNotExist'],
    ['input that is no JSON', { stateMachineArn, input: '{' }, 'InvalidExecutionInput'],
    ['a name that leads elsewhere', { stateMachineArn, name: '../1' }, 'InvalidName'],
  ])('refuses %s', async (_, start, name) => {
    service = await aStatesService(waiting);

    await expect(service.clientOf().send(new StartExecutionCommand(start))).rejects.toMatchObject({ name });
  });

  it('knows no execution that was never started', async () => {
    service = await aStatesService(waiting);

    const unknown = service
      .clientOf()
      .send(new DescribeExecutionCommand({ executionArn: executionArn('1') }));

    await expect(unknown).rejects.toMatchObject({ name: 'ExecutionDoesNotExist' });
  });

  it('lets a role do only what its policy allows', async () => {
    service = await aStatesService(waiting, { 'granted-wait': () => 'ok' });
    const starter = service.clientOf(service.credentialsOf('starter'));

    await starter.send(new StartExecutionCommand({ stateMachineArn, name: '1' }));
    const refused = starter.send(new DescribeExecutionCommand({ executionArn: executionArn('1') }));

    await expect(refused).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: ${roleArn('starter')} is not authorized to perform: states:DescribeExecution on resource: ${executionArn('1')}`,
    });
  });

  it('tells the bus of every status', async () => {
    await outcome({ Run: aTask('granted-run') }, { 'granted-run': () => ({ clips: 3 }) }, { job_id: '1' });

    expect(service.events.map(({ detail }) => detail.status)).toEqual(['RUNNING', 'SUCCEEDED']);
    expect(service.events[1]).toMatchObject({
      source: 'aws.states',
      detailType: 'Step Functions Execution Status Change',
      resources: [executionArn('run')],
      detail: {
        ...{ executionArn: executionArn('run'), stateMachineArn, name: 'run' },
        ...{ input: '{"job_id":"1"}', output: '{"clips":3}', error: null, cause: null },
        ...{ startDate: expect.any(Number), stopDate: expect.any(Number) },
      },
    });
  });
});

describe('a state machine on this machine', () => {
  it('calls each function with the state’s input, in its owner’s line, and puts the answers where they belong', async () => {
    const { output } = await outcome(
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
    expect(service.calls).toEqual([
      { name: 'granted-probe', payload: { id: '1', run: 'run' }, line: 'alice' },
      { name: 'granted-note', payload: input, line: 'alice' },
    ]);
    expect(output).toEqual(input);
  });

  it('chooses, also by what is absent', async () => {
    const { output } = await outcome({
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

    const { output } = await outcome(
      { Run: aTask('granted-run', { Retry: retry }) },
      { 'granted-run': failing(2, new Error('connection reset')) },
    );

    expect(output).toBe('done');
    expect(service.calls).toHaveLength(3);
  });

  it('never retries a permanent failure, and hands its name and cause to the state that catches it', async () => {
    const { output } = await outcome(
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

    expect(service.calls.map(({ name }) => name)).toEqual(['granted-run', 'granted-fail']);
    expect(output).toEqual({
      job_id: '1',
      Error: 'NotMedia',
      Cause:
        '{"errorType":"NotMedia","errorMessage":"no recording","trace":["NotMedia: no recording","at probe"]}',
    });
  });

  it('fails with the error that no state caught', async () => {
    const { status, error, cause } = await outcome(
      { Run: aTask('granted-run') },
      { 'granted-run': failing(1, new FunctionError('SourceChanged', 'another file')) },
    );

    expect({ status, error }).toEqual({ status: 'FAILED', error: 'SourceChanged' });
    expect(JSON.parse(cause!)).toMatchObject({ errorMessage: 'another file' });
  });

  it('fails as a Fail state says', async () => {
    const fail = { Type: 'Fail', ErrorPath: '$.failure.Error', CausePath: '$.failure.Cause' };

    const ended = await outcome(
      { Fail: fail },
      {},
      { failure: { Error: 'NotMedia', Cause: 'no recording' } },
    );

    expect(ended).toMatchObject({ status: 'FAILED', error: 'NotMedia', cause: 'no recording' });
  });

  it('is not allowed to call a function that its role is not granted', async () => {
    const ended = await outcome({ Run: aTask('other') }, { other: () => 'ok' });

    expect(ended).toMatchObject({
      error: 'Lambda.AWSLambdaException',
      cause: `User: ${roleArn('machine')} is not authorized to perform: lambda:InvokeFunction on resource: ${functionArn('other')}`,
    });
    expect(service.calls).toEqual([]);
  });

  it('gives up on a task after its timeout, which can be caught by name', async () => {
    const { output } = await outcome(
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

    const ended = await outcome(
      aDefinition({ Run: aTask('granted-run', { Retry: retry }) }, { TimeoutSeconds: 1 }),
      { 'granted-run': failing(9, new Error('connection reset')) },
    );

    expect(ended).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
    expect(service.calls).toHaveLength(1);
    expect(service.events.map(({ detail }) => detail.status)).toEqual(['RUNNING', 'TIMED_OUT']);
  });

  it('refuses more than 256 KiB between its states, and lets nobody catch that', async () => {
    const { error } = await outcome(
      {
        Run: aTask('granted-run', { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }] }),
        Caught: { Type: 'Succeed' },
      },
      { 'granted-run': () => 'x'.repeat(256 * 1024) },
    );

    expect(error).toBe('States.DataLimitExceeded');
  });
});

describe('a Map on this machine', () => {
  const aMap = (states: Record<string, State>, more: object = {}): State => ({
    Type: 'Map',
    ItemsPath: '$.clips',
    ItemSelector: { 'job_id.$': '$.job_id', 'clip.$': '$$.Map.Item.Value' },
    ItemProcessor: aDefinition(states, { ProcessorConfig: { Mode: 'INLINE' } }),
    MaxConcurrency: 2,
    ...('Next' in more ? {} : { End: true }),
    ...more,
  });
  const input = { job_id: '1', clips: [1, 2, 3, 4, 5] };

  it('runs its states for each element, some at once, and answers in the elements’ order', async () => {
    let [running, most] = [0, 0];
    const render = async ({ clip }: { clip: number }) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 30 - clip * 5));
      running--;
      return clip * 10;
    };

    const { output } = await outcome(
      { Clips: aMap({ Render: aTask('granted-render') }) },
      { 'granted-render': render },
      input,
    );

    expect(output).toEqual([10, 20, 30, 40, 50]);
    expect(most).toBe(2);
    expect(service.calls[4]?.payload).toEqual({ job_id: '1', clip: 5 });
  });

  it('shows the element and the execution to the states inside', async () => {
    const { output } = await outcome(
      {
        Clips: aMap({
          Name: {
            Type: 'Pass',
            Parameters: {
              'at.$': '$$.Map.Item.Index',
              'clip.$': '$$.Map.Item.Value',
              'run.$': '$$.Execution.Name',
            },
            End: true,
          },
        }),
      },
      {},
      { job_id: '1', clips: ['a', 'b'] },
    );

    expect(output).toEqual([
      { at: 0, clip: 'a', run: 'run' },
      { at: 1, clip: 'b', run: 'run' },
    ]);
  });

  it('goes on past an element whose failure is caught inside', async () => {
    const inside = {
      Render: aTask('granted-render', {
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'Failed' }],
      }),
      Failed: { Type: 'Pass', OutputPath: '$.failure.Error', End: true },
    };
    const render = ({ clip }: { clip: number }) => {
      if (clip === 2) throw new FunctionError('DamagedMedia', 'it breaks off');
      return 'rendered';
    };

    const { output } = await outcome(
      { Clips: aMap(inside, { ResultPath: '$.rendered' }) },
      { 'granted-render': render },
      { job_id: '1', clips: [1, 2, 3] },
    );

    expect(output.rendered).toEqual(['rendered', 'DamagedMedia', 'rendered']);
  });

  it('fails with the first element that fails, and starts none of those that wait', async () => {
    const { error } = await outcome(
      { Clips: aMap({ Render: aTask('granted-render') }, { MaxConcurrency: 1 }) },
      { 'granted-render': failing(1, new FunctionError('DamagedMedia', 'it breaks off')) },
      input,
    );
    await new Promise((resolve) => setImmediate(resolve));

    expect(error).toBe('DamagedMedia');
    expect(service.calls).toHaveLength(1);
  });

  it('can be caught, and can be empty', async () => {
    const { output } = await outcome(
      {
        None: aMap(
          { Render: aTask('granted-render') },
          { ItemsPath: '$.none', ResultPath: '$.rendered', Next: 'Some' },
        ),
        Some: aMap(
          { Again: aTask('granted-render') },
          { Catch: [{ ErrorEquals: ['DamagedMedia'], ResultPath: '$.failure', Next: 'Caught' }] },
        ),
        Caught: { Type: 'Pass', End: true },
      },
      { 'granted-render': failing(1, new FunctionError('DamagedMedia', 'it breaks off')) },
      { ...input, none: [] },
    );

    expect(output).toMatchObject({ rendered: [], failure: { Error: 'DamagedMedia' } });
  });

  it('goes through arrays only', async () => {
    const ended = await outcome(
      { Clips: aMap({ Render: aTask('granted-render') }) },
      {},
      { job_id: '1', clips: 'many' },
    );

    expect(ended).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: '$.clips is not an array',
    });
  });
});

describe('executions that ran when the cloud went down', () => {
  it('are run again by the same name and input, and end once', async () => {
    let calls = 0;
    service = await aStatesService(aDefinition({ Run: aTask('granted-run') }), {
      'granted-run': () => (++calls === 1 ? never() : 'ok'),
    });
    await service.begin('1', { job_id: '1' });

    await service.restart();
    const execution = await service.ended('1');

    expect(execution).toMatchObject({ status: 'SUCCEEDED', input: '{"job_id":"1"}', output: '"ok"' });
    expect(service.calls.map(({ payload }) => payload)).toEqual([{ job_id: '1' }, { job_id: '1' }]);
    expect(service.events.map(({ detail }) => detail.status)).toEqual(['RUNNING', 'SUCCEEDED']);
  });

  it('still take the same start for the same execution', async () => {
    service = await aStatesService(aDefinition({ Run: aTask('granted-run') }), { 'granted-run': never });
    const first = await service.begin('1', { job_id: '1' });

    await service.restart();
    const second = await service.begin('1', { job_id: '1' });

    expect(second.executionArn).toBe(first.executionArn);
    expect(second.startDate).toEqual(first.startDate);
  });

  it('do not call anything between the stop and the next start', async () => {
    const retry = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 60 }];
    service = await aStatesService(aDefinition({ Run: aTask('granted-run', { Retry: retry }) }), {
      'granted-run': failing(1, new Error('connection reset')),
    });
    await service.begin('1');

    await service.restart();
    await service.ended('1');

    expect(service.calls).toHaveLength(2);
  });

  it('are aborted if their state machine is gone', async () => {
    service = await aStatesService(aDefinition({ Run: aTask('granted-run') }), { 'granted-run': never });
    await service.begin('1');

    await service.restart([]);
    const execution = await service.ended('1');

    expect(execution).toMatchObject({ status: 'ABORTED', cause: 'Its state machine is gone' });
  });

  it('are found again after a SIGKILL, if their start was acknowledged', async () => {
    service = await aStatesService(aDefinition({ Run: aTask('granted-run') }), { 'granted-run': () => 'ok' });
    const killed = spawn(process.execPath, ['-e', startsUntilKilled(service.dataDir)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const acknowledged: string[] = [];
    createInterface(killed.stdout).on('line', (line) => {
      if (acknowledged.push(line) === 20) killed.kill('SIGKILL');
    });
    await once(killed, 'close');

    await service.restart();
    const outcomes = await Promise.all(acknowledged.map((name) => service.ended(name)));

    expect(outcomes.length).toBeGreaterThanOrEqual(20);
    expect(outcomes.filter(({ status }) => status !== 'SUCCEEDED')).toEqual([]);
  });
});

/** A cloud that only ever starts executions: all of them are waiting when it is killed. */
function startsUntilKilled(dataDir: string): string {
  const [executions, store, scope] = ['executions', 'execution-store', 'scope'].map((file) =>
    JSON.stringify(join(import.meta.dirname, `../../local/states/${file}.ts`)),
  );
  return `
    const { openExecutions } = await import(${executions});
    const { executionStore } = await import(${store});
    const { start } = await openExecutions({ store: executionStore(${JSON.stringify(dataDir)}), emit: async () => {} });
    const { adapt } = await import(${scope});
    const scope = adapt({ StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 600, End: true } } });
    for (let i = 0; ; i++) {
      await start({ arn: ${JSON.stringify(stateMachineArn)}, timeoutSeconds: 600, scope }, String(i), '{}');
      console.log(i);
    }`;
}
