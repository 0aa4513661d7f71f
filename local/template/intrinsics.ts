import { TemplateError } from './template-error.ts';

/** What the intrinsic functions look things up in. Each throws TemplateError for what is not there. */
export interface Scope {
  ref(logicalId: string): unknown;
  attribute(logicalId: string, name: string): string;
  condition(name: string): boolean;
  mapping(name: string, first: string, second: string): unknown;
}

/** Stands for `AWS::NoValue`: the property or element that resolves to it is left out. */
export const noValue = Symbol('AWS::NoValue');

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

/** The value with every intrinsic function in it replaced by what it stands for. */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value))
    return value.map((each) => resolve(each, scope)).filter((each) => each !== noValue);
  if (typeof value !== 'object' || value === null) return value;

  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? [''];
  if (entries.length === 1 && (name === 'Ref' || name.startsWith('Fn::'))) {
    const intrinsic = intrinsics[name];
    if (!intrinsic)
      throw new TemplateError(`${name} is an intrinsic function that the local cloud doesn't know`);
    return intrinsic(argument, scope);
  }
  const resolved = entries.map(([key, each]) => [key, resolve(each, scope)] as const);
  return Object.fromEntries(resolved.filter(([, each]) => each !== noValue));
}

const intrinsics: Record<string, Intrinsic> = {
  Ref: (logicalId, scope) => scope.ref(String(logicalId)),
  'Fn::GetAtt': (argument, scope) => {
    const [logicalId, ...path] = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
    return scope.attribute(logicalId!, path.join('.'));
  },
  'Fn::Join': (argument, scope) => {
    const [separator, parts] = list('Fn::Join', argument, scope);
    return strings('Fn::Join', parts).join(String(separator));
  },
  'Fn::Split': (argument, scope) => {
    const [separator, text] = list('Fn::Split', argument, scope);
    return String(text).split(String(separator));
  },
  'Fn::Select': (argument, scope) => {
    const [index, choices] = list('Fn::Select', argument, scope);
    const chosen = (choices as unknown[])[Number(index)];
    if (chosen === undefined) throw new TemplateError(`Fn::Select finds nothing at ${index}`);
    return chosen;
  },
  'Fn::Sub': (argument, scope) => {
    const [text, own] = Array.isArray(argument) ? argument : [argument, {}];
    const variables = resolve(own, scope) as Record<string, unknown>;
    return String(text).replace(/\$\{(!?)([^}]+)\}/g, (whole, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      if (name in variables) return String(variables[name]);
      const [logicalId, ...path] = name.trim().split('.');
      const found = path.length ? scope.attribute(logicalId!, path.join('.')) : scope.ref(logicalId!);
      if (typeof found !== 'string') throw new TemplateError(`Fn::Sub can't put ${whole} into a string`);
      return found;
    });
  },
  'Fn::If': (argument, scope) => {
    const [name, yes, no] = argument as [string, unknown, unknown];
    return resolve(scope.condition(name) ? yes : no, scope);
  },
  'Fn::FindInMap': (argument, scope) => {
    const [name, first, second] = list('Fn::FindInMap', argument, scope).map(String);
    return scope.mapping(name!, first!, second!);
  },
  'Fn::Equals': (argument, scope) => {
    const [left, right] = list('Fn::Equals', argument, scope);
    return String(left) === String(right);
  },
  'Fn::Not': (argument, scope) => !holds((argument as unknown[])[0], scope),
  'Fn::And': (argument, scope) => (argument as unknown[]).every((each) => holds(each, scope)),
  'Fn::Or': (argument, scope) => (argument as unknown[]).some((each) => holds(each, scope)),
};

/** Inside of a condition, `{Condition: name}` refers to another one. */
function holds(condition: unknown, scope: Scope): boolean {
  const name = (condition as { Condition?: string }).Condition;
  return name === undefined ? resolve(condition, scope) === true : scope.condition(name);
}

function list(intrinsic: string, argument: unknown, scope: Scope): unknown[] {
  if (!Array.isArray(argument)) throw new TemplateError(`${intrinsic} takes a list`);
  return resolve(argument, scope) as unknown[];
}

function strings(intrinsic: string, parts: unknown): string[] {
  if (!Array.isArray(parts) || parts.some((part) => typeof part === 'object'))
    throw new TemplateError(`${intrinsic} takes a list of strings`);
  return parts.map(String);
}
