import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import { isService } from './call-service.ts';

/** Amazon States Language as parsed JSON; what is in it is checked by `checkDefinition`. */
export interface Definition {
  StartAt: string;
  States: Record<string, State>;
  TimeoutSeconds?: number;
  [field: string]: unknown;
}

export interface State {
  Type: string;
  [field: string]: unknown;
}

const common = ['Type', 'Comment', 'QueryLanguage', 'InputPath', 'OutputPath'];
const onwards = ['Next', 'End'];
const failing = ['ResultPath', 'ResultSelector', 'Retry', 'Catch'];

/** All fields that are run here as on AWS, by type of state. */
const knownFields: Record<string, string[]> = {
  Task: [...common, ...onwards, ...failing, 'Resource', 'Parameters', 'TimeoutSeconds', 'TimeoutSecondsPath'],
  Map: [
    ...[...common, ...onwards, ...failing, 'ItemsPath', 'ItemSelector', 'Parameters', 'MaxConcurrency'],
    ...['ItemProcessor', 'Iterator'],
  ],
  Pass: [...common, ...onwards, 'Parameters', 'Result', 'ResultPath'],
  Wait: [...common, ...onwards, 'Seconds', 'Timestamp', 'SecondsPath', 'TimestampPath'],
  Choice: [...common, 'Choices', 'Default'],
  Succeed: common,
  Fail: ['Type', 'Comment', 'QueryLanguage', 'Error', 'Cause', 'ErrorPath', 'CausePath'],
};
const knownMachineFields = [
  'Comment',
  'StartAt',
  'States',
  'TimeoutSeconds',
  'Version',
  'QueryLanguage',
  'ProcessorConfig',
];

/** The parts of the context object that are the same here as on AWS. */
const knownContext =
  /^\$\$\.(Execution\.(Id|Name|RoleArn)|StateMachine\.(Id|Name)|Map\.Item\.(Index|Value))\b/;

/**
 * Throws, naming the state, where a definition is not valid, or holds anything that would not run here as it does on
 * AWS: better no start than another behaviour. Source: https://states-language.net/spec.html
 */
export function checkDefinition(definition: Definition): void {
  new StateMachine(definition as unknown as StateMachineDefinition); // asl-validator, at its strictest
  checkMachine('the state machine', definition);
  for (const [reference] of JSON.stringify(definition).matchAll(/\$\$[^"\s,)]*/g)) {
    if (!knownContext.test(reference)) throw unsupported('the state machine', reference);
  }
}

function checkMachine(where: string, machine: Definition): void {
  checkFields(where, machine, knownMachineFields);
  const { Mode = 'INLINE' } = (machine.ProcessorConfig ?? {}) as { Mode?: string };
  if (Mode !== 'INLINE') throw unsupported(where, `a Map of mode ${Mode}`);
  for (const [name, state] of Object.entries(machine.States)) checkState(`state ${name}`, state);
}

function checkState(where: string, state: State): void {
  if (!Object.hasOwn(knownFields, state.Type)) throw unsupported(where, `the type ${state.Type}`);
  checkFields(where, state, knownFields[state.Type]!);
  if (state.Type === 'Task') checkResource(where, String(state.Resource));
  if (state.Type === 'Map') checkMachine(where, processorOf(state));
  if (state.Type === 'Pass' && 'Result' in state && !state.Result) {
    throw unsupported(where, `the Result ${JSON.stringify(state.Result)}`); // the interpreter would take it for none
  }
  for (const path of [state.ErrorPath, state.CausePath]) {
    if (String(path).startsWith('States.'))
      throw unsupported(where, `an intrinsic function in ErrorPath or CausePath`);
  }
}

function checkFields(where: string, part: Record<string, unknown>, known: string[]): void {
  for (const [field, value] of Object.entries(part)) {
    if (!known.includes(field)) throw unsupported(where, `the field ${field}`);
    if (field === 'QueryLanguage' && value !== 'JSONPath') throw unsupported(where, String(value));
  }
}

function checkResource(where: string, resource: string): void {
  if (isService(resource) || /^arn:aws:lambda:[^:]+:\d{12}:function:[^:]+(:[^:]+)?$/.test(resource)) return;
  throw unsupported(
    where,
    `the resource ${resource}: a task calls a Lambda function by its ARN, or a known service`,
  );
}

/** The machine that a Map runs for each element; `Iterator` is its name of old. */
export function processorOf(map: State): Definition {
  return (map.ItemProcessor ?? map.Iterator) as Definition;
}

function unsupported(where: string, what: string): Error {
  return new Error(`The local cloud can't run ${where}: it does not support ${what}`);
}
