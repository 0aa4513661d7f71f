import { randomUUID } from 'node:crypto';
import { ServiceError } from '../iam/signed-json-service.ts';
import type { ExecutionRecord } from './execution-store.ts';
import type { Executions } from './executions.ts';
import type { Machine } from './run-to-end.ts';

/** The fields of all the operations' requests; which are given is up to the operation. */
export interface Request {
  stateMachineArn?: string;
  executionArn?: string;
  name?: string;
  input?: string;
  error?: string;
  cause?: string;
  statusFilter?: string;
  maxResults?: number;
  nextToken?: string;
}

type Operation = (
  request: Request,
  executions: Executions,
  machines: ReadonlyMap<string, Machine>,
) => Promise<Record<string, unknown>>;

/** Throws UnknownOperationException. Source of what each does: Step Functions API Reference. */
export function operationNamed(name: string): Operation {
  if (Object.hasOwn(operations, name)) return operations[name]!;
  throw new ServiceError('UnknownOperationException', `${name} is not supported by the local cloud`);
}

const operations: Record<string, Operation> = {
  async StartExecution({ stateMachineArn, name = randomUUID(), input = '{}' }, executions, machines) {
    const machine = machineNamed(stateMachineArn, machines);
    checkName(name);
    checkInput(input);
    const { executionArn, startDate } = await executions.start(machine, name, input);
    return { executionArn, startDate: startDate / 1000 };
  },

  async DescribeExecution({ executionArn }, executions) {
    const record = await executions.describe(String(executionArn));
    return {
      ...summary(record),
      input: record.input,
      output: record.output,
      error: record.error,
      cause: record.cause,
    };
  },

  async StopExecution({ executionArn, error, cause }, executions) {
    const { stopDate } = await executions.abort(String(executionArn), { error, cause });
    return { stopDate: stopDate! / 1000 };
  },

  async ListExecutions({ stateMachineArn, statusFilter, maxResults, nextToken = '0' }, executions, machines) {
    const { arn } = machineNamed(stateMachineArn, machines);
    const from = Number(nextToken);
    const to = from + (maxResults || 100);
    const records = executions.list(arn, statusFilter);
    return {
      executions: records.slice(from, to).map(summary),
      nextToken: to < records.length ? String(to) : undefined,
    };
  },
};

function machineNamed(arn: string | undefined, machines: ReadonlyMap<string, Machine>): Machine {
  const machine = machines.get(String(arn));
  if (machine) return machine;
  throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
}

/** What AWS forbids in a name is also what could lead out of the folder of executions. */
function checkName(name: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are among those forbidden
  if (/^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]{1,80}$/.test(name)) return;
  throw new ServiceError('InvalidName', `Invalid Name: '${name}'`);
}

function checkInput(input: string): void {
  try {
    JSON.parse(input);
  } catch {
    throw new ServiceError('InvalidExecutionInput', 'Invalid State Machine Execution Input: not JSON');
  }
}

function summary({ executionArn, stateMachineArn, name, status, startDate, stopDate }: ExecutionRecord) {
  return {
    ...{ executionArn, stateMachineArn, name, status, startDate: startDate / 1000 },
    ...(stopDate !== undefined && { stopDate: stopDate / 1000 }),
  };
}
