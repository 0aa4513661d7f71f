import type { ServiceCall } from './call-service.ts';
import { callTask, type TaskCall } from './call-task.ts';
import type { ExecutionRecord } from './execution-store.ts';
import { runScope } from './run-scope.ts';
import type { Scope } from './scope.ts';

/** A state machine, checked and ready to run. */
export interface Machine {
  arn: string;
  name: string;
  roleArn: string;
  timeoutSeconds: number;
  scope: Scope;
}

/** How an execution ended; output is a JSON text. */
export type Ending = Pick<ExecutionRecord, 'output' | 'error' | 'cause'> & {
  status: Exclude<ExecutionRecord['status'], 'RUNNING'>;
};

/** What tasks call, and who says whether they may. */
export type Callees = Pick<ServiceCall, 'access' | 'emit' | 'deadLetters'> & Pick<TaskCall, 'invoke'>;

/** Runs a machine from its start state. Never throws: an error that no state caught is how it ended. */
export async function runToEnd(
  machine: Machine,
  { executionArn, name, input }: ExecutionRecord,
  { signal, ...callees }: { signal: AbortSignal } & Callees,
): Promise<Ending> {
  const { roleArn } = machine;
  try {
    const task = JSON.parse(input);
    const call = { roleArn, executionArn, machineArn: machine.arn, line: task?.owner, ...callees };
    const output = await runScope(machine.scope, task, {
      context: {
        Execution: { Id: executionArn, Name: name, RoleArn: roleArn },
        StateMachine: { Id: machine.arn, Name: machine.name },
      },
      signal,
      callTask: (functionArn, payload) => callTask(functionArn, payload, call),
    });
    return { status: 'SUCCEEDED', output: JSON.stringify(output) };
  } catch (error) {
    const { name, message } = error as Error;
    return { status: 'FAILED', error: name, cause: message };
  }
}
