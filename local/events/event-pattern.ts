import { TemplateError } from '../template/template-error.ts';

/** An event as a rule sees it; only JSON values. */
export type Matcher = (event: unknown) => boolean;

/**
 * Compiles an EventBridge event pattern. Throws TemplateError on operators that it doesn't know, for a pattern that is
 * only half understood would match what it should not.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function compilePattern(pattern: unknown): Matcher {
  if (!isObject(pattern) || Object.keys(pattern).length === 0)
    throw new TemplateError('an event pattern is an object');

  const fields = Object.entries(pattern).map(([name, expected]): Matcher => {
    if (name === '$or') return anyOf((expected as unknown[]).map(compilePattern));
    const matches = Array.isArray(expected) ? leaf(expected) : compilePattern(expected);
    return (event) => matches(isObject(event) ? event[name] : undefined);
  });
  return (event) => fields.every((matches) => matches(event));
}

/** A list of values and operators, one of which must hold. A list in the event matches by any of its elements. */
function leaf(alternatives: unknown[]): Matcher {
  const tests = alternatives.map((each) => (isObject(each) ? operator(each) : equals(each)));
  return (value) => {
    const values = Array.isArray(value) && value.length > 0 ? value : [value];
    return values.some((each) => tests.some((holds) => holds(each)));
  };
}

function operator(written: Record<string, unknown>): Matcher {
  const entries = Object.entries(written);
  const [name, argument] = entries[0] ?? [''];
  const make = operators[name];
  if (entries.length !== 1 || !make)
    throw new TemplateError(
      `an event pattern has an operator that is not known here: ${JSON.stringify(written)}`,
    );
  return make(argument);
}

const operators: Record<string, (argument: unknown) => Matcher> = {
  exists: (wanted) => (value) => (value !== undefined) === wanted,
  prefix: (prefix) => textTest(prefix, (value, text) => value.startsWith(text)),
  suffix: (suffix) => textTest(suffix, (value, text) => value.endsWith(text)),
  'equals-ignore-case': (wanted) =>
    textTest(wanted, (value, text) => value.toLowerCase() === text.toLowerCase()),
  wildcard: (pattern) => textTest(pattern, matchesWildcard),
  numeric: (conditions) => numeric(conditions as unknown[]),
  'anything-but': (excluded) => {
    const matches = leaf(Array.isArray(excluded) ? excluded : [excluded]);
    return (value) => value !== undefined && !matches(value);
  },
};

const equals = (expected: unknown): Matcher => {
  if (typeof expected === 'object' && expected !== null)
    throw new TemplateError('an event pattern lists strings, numbers, true, false or null');
  return (value) => value === expected;
};

function textTest(argument: unknown, holds: (value: string, text: string) => boolean): Matcher {
  if (isObject(argument) && 'equals-ignore-case' in argument)
    return textTest(argument['equals-ignore-case'], (value, text) =>
      holds(value.toLowerCase(), text.toLowerCase()),
    );
  if (typeof argument !== 'string')
    throw new TemplateError('an operator on text in an event pattern takes a string');
  return (value) => typeof value === 'string' && holds(value, argument);
}

/** `*` stands for any characters, none included. */
function matchesWildcard(value: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return value === pattern;
  if (!value.startsWith(first)) return false;
  const last = rest.pop()!;
  let position = first.length;
  for (const part of rest) {
    const found = value.indexOf(part, position);
    if (found < 0) return false;
    position = found + part.length;
  }
  return value.length - last.length >= position && value.endsWith(last);
}

/** `[">", 0, "<=", 5]` */
function numeric(conditions: unknown[]): Matcher {
  const tests: ((value: number) => boolean)[] = [];
  for (let index = 0; index < conditions.length; index += 2) {
    const compare = comparisons[String(conditions[index])];
    const bound = conditions[index + 1];
    if (!compare || typeof bound !== 'number')
      throw new TemplateError(
        `an event pattern compares numbers in a way not known here: ${JSON.stringify(conditions)}`,
      );
    tests.push((value) => compare(value, bound));
  }
  return (value) => typeof value === 'number' && tests.every((holds) => holds(value));
}

const comparisons: Record<string, (value: number, bound: number) => boolean> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

const anyOf =
  (matchers: Matcher[]): Matcher =>
  (event) =>
    matchers.some((matches) => matches(event));

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
