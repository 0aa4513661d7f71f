import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from '@jest/globals';
import { aDefinition, aTask, failing, never, stateMachineArn } from '../support/states.ts';
import { statesPerTest } from '../support/states-per-test.ts';

const { start } = statesPerTest();

describe('executions that ran when the cloud went down', () => {
  it('are run again by the same name and input, and end once', async () => {
    let calls = 0;
    const service = await start(aDefinition({ Run: aTask('granted-run') }), {
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
    const service = await start(aDefinition({ Run: aTask('granted-run') }), { 'granted-run': never });
    const first = await service.begin('1', { job_id: '1' });

    await service.restart();
    const second = await service.begin('1', { job_id: '1' });

    expect(second.executionArn).toBe(first.executionArn);
    expect(second.startDate).toEqual(first.startDate);
  });

  it('do not call anything between the stop and the next start', async () => {
    const retry = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 60 }];
    const service = await start(aDefinition({ Run: aTask('granted-run', { Retry: retry }) }), {
      'granted-run': failing(1, new Error('connection reset')),
    });
    await service.begin('1');

    await service.restart();
    await service.ended('1');

    expect(service.calls).toHaveLength(2);
  });

  it('are aborted if their state machine is gone', async () => {
    const service = await start(aDefinition({ Run: aTask('granted-run') }), { 'granted-run': never });
    await service.begin('1');

    await service.restart([]);
    const execution = await service.ended('1');

    expect(execution).toMatchObject({ status: 'ABORTED', cause: 'Its state machine is gone' });
  });

  it('are found again after a SIGKILL, if their start was acknowledged', async () => {
    const service = await start(aDefinition({ Run: aTask('granted-run') }), { 'granted-run': () => 'ok' });
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
