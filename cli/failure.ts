import { ApiRefusal } from './api/api-refusal.ts';
import { NoConnection, Unreachable } from './api/no-connection.ts';
import { BadUsage } from './bad-usage.ts';
import { explainError } from './explain-error.ts';
import { Interrupted } from './interrupted.ts';

/** What a failure is told as. What nobody foresaw keeps its stack. */
export function failureText(error: Error): string {
  const text = explainError(error) ?? error.stack ?? error.message;
  return error instanceof BadUsage ? `${text}\nHow it is called: clipwright help` : text;
}

/** 1 failed, 2 called wrongly, 3 refused by the service, 130 interrupted. */
export function exitCodeOf(error: Error): number {
  if (error instanceof BadUsage) return 2;
  if (error instanceof ApiRefusal) return 3;
  return error instanceof Interrupted ? 130 : 1;
}

/** What scripts read of a failure. A refusal has the service's own code. */
export function errorValue(error: Error): { code: string; message: string } {
  return { code: codeOf(error), message: explainError(error) ?? error.message };
}

function codeOf(error: Error): string {
  if (error instanceof ApiRefusal) return error.code;
  if (error instanceof NoConnection || error instanceof Unreachable) return 'no-connection';
  // BadUsage: bad-usage
  return error.name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}
