import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import { type Definition, processorOf, type State } from './definition.ts';

/** A machine, or the machine inside a Map, in the form that the interpreter runs. */
export interface Scope {
  machine: StateMachine;
  /** The function that each Task calls, by the state's name. */
  tasks: Map<string, string>;
  maps: Map<string, InlineMap>;
}

/** A Map state: the interpreter sees a Task in its place, and we run it. */
export interface InlineMap {
  itemsPath: string;
  itemSelector?: object;
  maxConcurrency: number;
  scope: Scope;
}

/** The longest that a timer of Node's can wait, about 24 days; the default on AWS is three years. */
export const LONGEST_TIMEOUT_SECONDS = Math.floor((2 ** 31 - 1) / 1000);

const AWS_MAP_CONCURRENCY = 40;

/**
 * Rewrites what aws-local-stepfunctions 3 does otherwise than AWS:
 * - a Task without a timeout would time out after a minute;
 * - a Map would go on starting elements after one of them failed, and hide `$$.Map` from the states inside;
 * - the timeout of the whole machine would not reach the tasks, so it is left to the caller;
 * - `IsPresent: false` and the like would never match;
 * - `ResultPath: "$"` would make a field of that name.
 */
export function adapt(definition: Definition): Scope {
  const tasks = new Map<string, string>();
  const maps = new Map<string, InlineMap>();
  const states = Object.entries(definition.States).map(([name, state]): [string, State] => {
    if (state.Type === 'Task') tasks.set(name, state.Resource as string);
    if (state.Type === 'Map') maps.set(name, inlineMap(state));
    return [name, adaptState(state)];
  });
  const { TimeoutSeconds: _, ...untimed } = definition;
  const adapted = { ...untimed, States: Object.fromEntries(states) } as unknown as StateMachineDefinition;
  return { machine: new StateMachine(adapted, { validationOptions: { noValidate: true } }), tasks, maps };
}

function inlineMap(state: State): InlineMap {
  return {
    itemsPath: (state.ItemsPath ?? '$') as string,
    itemSelector: (state.ItemSelector ?? state.Parameters) as object | undefined,
    maxConcurrency: (state.MaxConcurrency as number) || AWS_MAP_CONCURRENCY,
    scope: adapt(processorOf(state)),
  };
}

function adaptState(state: State): State {
  const { ResultPath, ...rest } = state;
  const adapted: State = ResultPath === undefined || ResultPath === '$' ? rest : state;
  switch (state.Type) {
    case 'Task': {
      if (state.TimeoutSecondsPath) return adapted;
      const seconds = (state.TimeoutSeconds as number) ?? LONGEST_TIMEOUT_SECONDS;
      return { ...adapted, TimeoutSeconds: Math.min(seconds, LONGEST_TIMEOUT_SECONDS) };
    }
    case 'Map': {
      const { Parameters: _, ...withoutTemplate } = adapted;
      return { ...withoutTemplate, Type: 'Task', Resource: 'map', TimeoutSeconds: LONGEST_TIMEOUT_SECONDS };
    }
    case 'Choice':
      return { ...adapted, Choices: (state.Choices as ChoiceRule[]).map(adaptRule) };
    default:
      return adapted;
  }
}

type ChoiceRule = Record<string, unknown>;

/** `{IsPresent: false, …}` becomes `{Not: {IsPresent: true, …}}`. */
function adaptRule(rule: ChoiceRule): ChoiceRule {
  const { Next, ...test } = rule;
  const onwards = Next === undefined ? {} : { Next };
  for (const operator of ['And', 'Or']) {
    if (operator in test) return { ...onwards, [operator]: (test[operator] as ChoiceRule[]).map(adaptRule) };
  }
  if ('Not' in test) return { ...onwards, Not: adaptRule(test.Not as ChoiceRule) };
  const negated = Object.keys(test).find((operator) => operator.startsWith('Is') && test[operator] === false);
  return negated ? { ...onwards, Not: { ...test, [negated]: true } } : rule;
}
