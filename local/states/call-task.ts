import { AccessDenied } from '../iam/access.ts';
import { FunctionError, type InvokeFunction } from '../types.ts';
import { callService, isService, type ServiceCall } from './call-service.ts';
import type { Json } from './run-scope.ts';
import { StateError } from './state-errors.ts';

/** The most that may pass between states: 256 KiB. Source: Step Functions service quotas. */
const PAYLOAD_BYTES = 256 * 1024;

export interface TaskCall extends ServiceCall {
  invoke: InvokeFunction;
  /** Whose execution it is, if its input says so. */
  line?: string;
}

/**
 * Calls a function, or a service, as the state machine's role, and names what goes wrong as Step Functions does.
 * Throws StateError only.
 */
export async function callTask(functionArn: string, payload: Json, call: TaskCall): Promise<Json> {
  limitSize(payload);
  if (isService(functionArn)) return callService(functionArn, payload, call);
  const { roleArn, access, invoke, line } = call;
  try {
    const role = access.principalWithArn(roleArn);
    access.authorize(role, { action: 'lambda:InvokeFunction', resource: functionArn });
    return limitSize(((await invoke(functionArn, payload, line)) ?? null) as Json);
  } catch (error) {
    throw stateError(error);
  }
}

function stateError(error: unknown): StateError {
  if (error instanceof StateError) return error;
  if (error instanceof FunctionError) {
    const { name: errorType, message: errorMessage, trace } = error;
    return new StateError(errorType, JSON.stringify({ errorType, errorMessage, trace }));
  }
  if (error instanceof AccessDenied) return new StateError('Lambda.AWSLambdaException', error.message);
  return new StateError('Lambda.Unknown', String(error));
}

/** On AWS no `States.ALL` catches this, so that the execution fails. */
function limitSize(payload: Json): Json {
  if (Buffer.byteLength(JSON.stringify(payload)) <= PAYLOAD_BYTES) return payload;
  const cause =
    'The state/task returned a result with a size exceeding the maximum number of bytes service limit.';
  throw new StateError('States.DataLimitExceeded', cause, { terminal: true });
}
