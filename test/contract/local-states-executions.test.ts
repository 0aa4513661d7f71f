import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { describe, expect, it } from '@jest/globals';
import { roleArn } from '../support/access.ts';
import { aDefinition, aTask, executionArn, never, stateMachineArn } from '../support/states.ts';
import { statesPerTest } from '../support/states-per-test.ts';

const { start, run } = statesPerTest();

describe('the protocol of the local Step Functions', () => {
  const waiting = aDefinition({ Wait: aTask('granted-wait') });

  it('starts, describes and lists executions, newest first and page by page', async () => {
    const service = await start(waiting, { 'granted-wait': ({ wait }) => (wait ? never() : 'ok') });
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
    const service = await start(waiting, { 'granted-wait': never });

    const starts = await Promise.all(Array.from({ length: 10 }, () => service.begin('1', { job_id: '1' })));

    expect(new Set(starts.map((start) => start.executionArn))).toEqual(new Set([executionArn('1')]));
    expect(service.calls).toHaveLength(1);
  });

  it('refuses a name that is taken by another input', async () => {
    const service = await start(waiting, { 'granted-wait': never });
    await service.begin('1', { job_id: '1' });

    await expect(service.begin('1', { job_id: '2' })).rejects.toMatchObject({
      name: 'ExecutionAlreadyExists',
    });
  });

  it('refuses a name once its execution has ended, after a restart too', async () => {
    const service = await start(waiting, { 'granted-wait': () => 'ok' });
    await service.begin('1');
    await service.ended('1');

    await expect(service.begin('1')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
    await service.restart();
    await expect(service.begin('1')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
  });

  it('aborts an execution, and ignores what its task answers later', async () => {
    const { promise, resolve } = Promise.withResolvers();
    const service = await start(
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
  ])('refuses %s', async (_, refused, name) => {
    const service = await start(waiting);

    await expect(service.clientOf().send(new StartExecutionCommand(refused))).rejects.toMatchObject({ name });
  });

  it('knows no execution that was never started', async () => {
    const service = await start(waiting);

    const unknown = service
      .clientOf()
      .send(new DescribeExecutionCommand({ executionArn: executionArn('1') }));

    await expect(unknown).rejects.toMatchObject({ name: 'ExecutionDoesNotExist' });
  });

  it('lets a role do only what its policy allows', async () => {
    const service = await start(waiting, { 'granted-wait': () => 'ok' });
    const starter = service.clientOf(service.credentialsOf('starter'));

    await starter.send(new StartExecutionCommand({ stateMachineArn, name: '1' }));
    const refused = starter.send(new DescribeExecutionCommand({ executionArn: executionArn('1') }));

    await expect(refused).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: ${roleArn('starter')} is not authorized to perform: states:DescribeExecution on resource: ${executionArn('1')}`,
    });
  });

  it('tells the bus of every status', async () => {
    const { events } = await run(
      { Run: aTask('granted-run') },
      { 'granted-run': () => ({ clips: 3 }) },
      { job_id: '1' },
    );

    expect(events.map(({ detail }) => detail.status)).toEqual(['RUNNING', 'SUCCEEDED']);
    expect(events[1]).toMatchObject({
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
