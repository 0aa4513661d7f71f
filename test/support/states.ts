import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DescribeExecutionCommand,
  SFNClient,
  type SFNClientConfig,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { openDeadLetters } from '../../local/events/dead-letters.ts';
import type { PolicyStatement } from '../../local/iam/policy-document.ts';
import type { Definition, State } from '../../local/states/definition.ts';
import { type States, startStates } from '../../local/states/start-states.ts';
import { accountId, type InvokeFunction, type OutgoingEvent, region } from '../../local/types.ts';
import { anAccess, roleArn } from './access.ts';

export const stateMachineArn = `arn:aws:states:${region}:${accountId}:stateMachine:pipeline`;
export const functionArn = (name: string) => `arn:aws:lambda:${region}:${accountId}:function:${name}`;
export const executionArn = (name: string) =>
  `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;

/** A definition of these states that starts at the first. */
export const aDefinition = (states: Record<string, State>, more: object = {}): Definition => ({
  StartAt: Object.keys(states)[0]!,
  States: states,
  ...more,
});

/** A Task that calls the function of this name; the last one unless `Next` is given. */
export const aTask = (name: string, more: object = {}): State => ({
  Type: 'Task',
  Resource: functionArn(name),
  ...('Next' in more ? {} : { End: true }),
  ...more,
});

export type Functions = Record<string, (payload: any) => unknown>;

/** A function that never answers. */
export const never = () => new Promise(() => {});

/** A function that fails `times` times before it answers. */
export function failing(times: number, error: Error, answer: unknown = 'done') {
  let left = times;
  return () => {
    if (left-- > 0) throw error;
    return answer;
  };
}

/** Step Functions on a folder of its own, and functions that answer at once. */
export async function aStatesService(
  definition: Definition,
  functions: Functions = {},
  granted: PolicyStatement[] = [],
) {
  const dataDir = await mkdtemp(join(tmpdir(), 'states-'));
  const { access, credentialsOf, owner } = anAccess({
    machine: [
      { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: functionArn('granted-*') },
      ...granted,
    ],
    starter: [{ Effect: 'Allow', Action: 'states:StartExecution', Resource: stateMachineArn }],
  });
  const events: OutgoingEvent[] = [];
  const calls: { name: string; payload: unknown; line?: string }[] = [];
  const invoke: InvokeFunction = async (arn, payload, line) => {
    const name = arn.split(':').at(-1)!;
    calls.push({ name, payload, line });
    return functions[name]!(payload);
  };
  const machine = { arn: stateMachineArn, name: 'pipeline', roleArn: roleArn('machine'), definition };
  const start = (stateMachines = [machine]) =>
    startStates({
      ...{ dataDir, port: 0, access, invoke },
      emit: async (event) => void events.push(event),
      deadLetters: openDeadLetters(dataDir, () => undefined),
      stateMachines,
    });
  let service: States = await start();
  const clientOf = (credentials: SFNClientConfig['credentials'] = owner) =>
    new SFNClient({ endpoint: service.url, region, credentials, maxAttempts: 1 });

  return {
    ...{ events, calls, credentialsOf, clientOf, dataDir },
    begin: (name: string, input: unknown = {}) =>
      clientOf().send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) })),
    /** The execution of this name, once it has ended. */
    async ended(name: string) {
      for (;;) {
        const execution = await clientOf().send(
          new DescribeExecutionCommand({ executionArn: executionArn(name) }),
        );
        if (execution.status !== 'RUNNING') return execution;
        await sleep(5);
      }
    },
    async restart(stateMachines = [machine]) {
      await service.stop();
      service = await start(stateMachines);
      service.resume();
    },
    async remove() {
      await service.stop();
      await rm(dataDir, { recursive: true });
    },
  };
}

export type StatesService = Awaited<ReturnType<typeof aStatesService>>;
