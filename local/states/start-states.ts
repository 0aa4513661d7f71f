import { startSignedJsonService } from '../iam/signed-json-service.ts';
import type { LocalService } from '../types.ts';
import { checkDefinition, type Definition } from './definition.ts';
import { executionStore } from './execution-store.ts';
import { openExecutions } from './executions.ts';
import { operationNamed, type Request } from './operations.ts';
import type { Callees, Machine } from './run-to-end.ts';
import { adapt, LONGEST_TIMEOUT_SECONDS } from './scope.ts';

export interface StatesSettings extends Callees {
  /** The folder that holds the executions; made if missing. */
  dataDir: string;
  /** 0 takes any free port. */
  port: number;
  stateMachines: StateMachineSettings[];
}

export interface StateMachineSettings {
  arn: string;
  name: string;
  roleArn: string;
  definition: Definition;
  /** `STANDARD`, which is also the default. */
  type?: string;
}

export interface States extends LocalService {
  /** Goes on with the executions that ran when the cloud went down. Call it once the functions can be invoked. */
  resume(): void;
}

/**
 * Step Functions on this machine: it runs the very definitions of the template. Throws if one holds anything that
 * would not run here as it does on AWS.
 */
export async function startStates(settings: StatesSettings): Promise<States> {
  const { dataDir, port, stateMachines, ...callees } = settings;
  const { access } = callees;
  const machines = new Map(stateMachines.map((stateMachine) => [stateMachine.arn, machineOf(stateMachine)]));
  const executions = await openExecutions({ machines, store: executionStore(dataDir), ...callees });
  const service = await startSignedJsonService({
    service: 'states',
    target: 'AWSStepFunctions',
    port,
    access,
    async perform(principal, operation, body) {
      const request = body as Request;
      const perform = operationNamed(operation);
      const resource = String(request.executionArn ?? request.stateMachineArn);
      access.authorize(principal, { action: `states:${operation}`, resource });
      return perform(request, executions, machines);
    },
  });
  return {
    url: service.url,
    resume: executions.resume,
    async stop() {
      await service.stop();
      await executions.close();
    },
  };
}

function machineOf({ arn, name, roleArn, definition, type = 'STANDARD' }: StateMachineSettings): Machine {
  if (type !== 'STANDARD')
    throw new Error(`State machine ${name}: the type ${type} is not supported by the local cloud`);
  checkDefinition(definition);
  const timeoutSeconds = Math.min(
    definition.TimeoutSeconds ?? LONGEST_TIMEOUT_SECONDS,
    LONGEST_TIMEOUT_SECONDS,
  );
  return { arn, name, roleArn, timeoutSeconds, scope: adapt(definition) };
}
