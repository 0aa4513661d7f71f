import { FunctionError } from '../types.ts';

/** Lambda's own words for a function that did not answer. */
export const timedOut = (requestId: string, timeoutSeconds: number) =>
  new FunctionError(
    'Sandbox.Timedout',
    `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
  );

export const outOfMemory = (requestId: string) =>
  new FunctionError(
    'Runtime.OutOfMemory',
    `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
  );

export function exited(requestId: string, code: number | null, signal: NodeJS.Signals | null): FunctionError {
  const status = signal ? `signal: ${signalWords[signal] ?? signal}` : `exit status ${code}`;
  const reason =
    code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: ${status}`;
  return new FunctionError('Runtime.ExitError', `RequestId: ${requestId} Error: ${reason}`);
}

const signalWords: Partial<Record<NodeJS.Signals, string>> = {
  SIGKILL: 'killed',
  SIGABRT: 'aborted',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
};

export const responseTooLarge = (limitBytes: number) =>
  new FunctionError(
    'Function.ResponseSizeTooLarge',
    `Response payload size exceeded maximum allowed payload size (${limitBytes} bytes).`,
  );

/** What the child posted to `…/error`. */
export function reported(body: string): FunctionError {
  const {
    errorType = 'Unknown',
    errorMessage = '',
    trace = [],
  } = JSON.parse(body) as {
    errorType?: string;
    errorMessage?: string;
    trace?: string[];
  };
  return new FunctionError(errorType, errorMessage, trace);
}
