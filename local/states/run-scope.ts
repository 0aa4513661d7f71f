import { ExecutionError, StateMachine } from 'aws-local-stepfunctions';
import type { InlineMap, Scope } from './scope.ts';
import { Abandoned, StateError } from './state-errors.ts';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export interface Run {
  /** The context object: `$$`. */
  context: { [key: string]: Json };
  /** Once aborted no task is called any more, and answers under way are ignored. */
  signal: AbortSignal;
  callTask(functionArn: string, payload: Json): Promise<Json>;
}

/** Runs a machine, or for one element the machine inside a Map, to its end. Throws the error that no state caught. */
export async function runScope(scope: Scope, input: Json, run: Run): Promise<Json> {
  const { signal } = run;
  if (signal.aborted) throw new Abandoned();
  const handlers: Record<string, (payload: Json) => Promise<Json>> = {};
  for (const [state, functionArn] of scope.tasks) {
    handlers[state] = (payload) => untilAborted(signal, () => run.callTask(functionArn, payload));
  }
  for (const [state, map] of scope.maps) {
    handlers[state] = (payload) => untilAborted(signal, () => runMap(map, payload, run));
  }
  const { result, abort } = scope.machine.run(input, {
    context: run.context,
    overrides: { taskResourceLocalHandlers: handlers },
  });
  signal.addEventListener('abort', abort);
  try {
    return await result;
  } catch (error) {
    throw error instanceof ExecutionError ? error.cause : error;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** As on AWS the first element that fails ends the Map: the others are abandoned, those waiting never start. */
async function runMap(map: InlineMap, input: Json, run: Run): Promise<Json> {
  const items = await select({ InputPath: map.itemsPath }, input, run.context);
  if (!Array.isArray(items)) {
    throw new StateError('States.Runtime', `${map.itemsPath} is not an array`, { terminal: true });
  }

  const failure = new AbortController();
  const signal = AbortSignal.any([run.signal, failure.signal]);
  const results: Json[] = [];
  const pending = items.entries();
  const work = async () => {
    for (const [index, item] of pending) {
      const context = { ...run.context, Map: { Item: { Index: index, Value: item } } };
      const itemInput = map.itemSelector
        ? await select({ Parameters: map.itemSelector }, input, context)
        : item;
      results[index] = await runScope(map.scope, itemInput, { ...run, context, signal });
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(map.maxConcurrency, items.length) }, work));
    return results;
  } finally {
    failure.abort();
  }
}

/** Evaluates a path or a payload template with the interpreter's own JSONPath. */
async function select(fields: object, input: Json, context: Run['context']): Promise<Json> {
  const definition = { StartAt: 'Select', States: { Select: { Type: 'Pass', End: true, ...fields } } };
  const machine = new StateMachine(definition as never, { validationOptions: { noValidate: true } });
  try {
    return await machine.run(input, { context }).result;
  } catch (error) {
    throw error instanceof ExecutionError ? error.cause : error;
  }
}

async function untilAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  if (signal.aborted) throw new Abandoned();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(new Abandoned());
  signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
