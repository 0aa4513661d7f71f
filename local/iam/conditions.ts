import { PolicyError } from './policy-error.ts';
import { arnParts, matchesArn, matchesWildcard } from './wildcard.ts';

/** `{StringEquals: {'aws:SourceAccount': '000000000000'}}` */
export type ConditionBlock = Record<string, Record<string, ConditionValue | ConditionValue[]>>;
type ConditionValue = string | number | boolean;

/** What is known of a request: condition keys and their values. */
export type RequestContext = Record<string, string | number | boolean | string[]>;

export type Condition = (context: RequestContext) => boolean;

interface Operator {
  matches(expected: string, actual: string): boolean;
  /** Whether a policy may hold this value; without it, any. */
  takes?(expected: string): boolean;
  /** Holds when nothing matches, and so also where the request lacks the key. */
  negated?: true;
}

const isNumber = (text: string) => text.trim() !== '' && Number.isFinite(Number(text));
const isBoolean = (text: string) => /^(true|false)$/i.test(text);
const ignoringCase = (expected: string, actual: string) => expected.toLowerCase() === actual.toLowerCase();
const isArnPattern = (text: string) => text === '*' || arnParts(text).length === 6;
const equal = (expected: string, actual: string) => expected === actual;

function numeric(compare: (actual: number, expected: number) => boolean): Operator {
  return {
    matches: (expected, actual) => isNumber(actual) && compare(Number(actual), Number(expected)),
    takes: isNumber,
  };
}

/** Source: IAM User Guide, "Condition operators". */
const operators: Record<string, Operator> = {
  StringEquals: { matches: equal },
  StringNotEquals: { matches: equal, negated: true },
  StringEqualsIgnoreCase: { matches: ignoringCase },
  StringNotEqualsIgnoreCase: { matches: ignoringCase, negated: true },
  StringLike: { matches: matchesWildcard },
  StringNotLike: { matches: matchesWildcard, negated: true },
  ArnEquals: { matches: matchesArn, takes: isArnPattern },
  ArnLike: { matches: matchesArn, takes: isArnPattern },
  ArnNotEquals: { matches: matchesArn, takes: isArnPattern, negated: true },
  ArnNotLike: { matches: matchesArn, takes: isArnPattern, negated: true },
  NumericEquals: numeric((actual, expected) => actual === expected),
  NumericNotEquals: { ...numeric((actual, expected) => actual === expected), negated: true },
  NumericLessThan: numeric((actual, expected) => actual < expected),
  NumericLessThanEquals: numeric((actual, expected) => actual <= expected),
  NumericGreaterThan: numeric((actual, expected) => actual > expected),
  NumericGreaterThanEquals: numeric((actual, expected) => actual >= expected),
  Bool: { matches: ignoringCase, takes: isBoolean },
};

/** Compiles a Condition block: all its operators and keys must hold. Throws PolicyError on what it does not know. */
export function parseConditions(block: ConditionBlock = {}): Condition {
  const conditions = Object.entries(block).flatMap(([operatorName, keys]) =>
    Object.entries(keys).map(([key, values]) =>
      parseCondition(operatorName, key, [values].flat().map(literal)),
    ),
  );
  return (context) => conditions.every((holds) => holds(context));
}

function parseCondition(operatorName: string, key: string, expected: string[]): Condition {
  if (operatorName === 'Null') return parseNull(key, expected);

  const ifExists = operatorName.endsWith('IfExists');
  const operator = operatorNamed(ifExists ? operatorName.slice(0, -'IfExists'.length) : operatorName);
  for (const value of expected) {
    if (operator.takes?.(value) === false)
      throw new PolicyError(`${operatorName} can't take the value: ${value}`);
  }
  return (context) => {
    const actual = valuesOf(context, key);
    if (!actual) return ifExists || operator.negated === true;
    const matched = actual.some((value) => expected.some((pattern) => operator.matches(pattern, value)));
    return matched !== (operator.negated === true);
  };
}

function operatorNamed(name: string): Operator {
  if (Object.hasOwn(operators, name)) return operators[name]!;
  throw new PolicyError(`Unknown condition operator: ${name}`);
}

function parseNull(key: string, expected: string[]): Condition {
  const unknown = expected.find((value) => !isBoolean(value));
  if (unknown !== undefined) throw new PolicyError(`Null can't take the value: ${unknown}`);
  return (context) => expected.some((value) => ignoringCase(value, String(!valuesOf(context, key))));
}

/** Condition keys are compared without case, as IAM does. */
function valuesOf(context: RequestContext, key: string): string[] | undefined {
  const name = Object.keys(context).find((candidate) => ignoringCase(candidate, key));
  return name === undefined ? undefined : [context[name]!].flat().map(String);
}

/** An intrinsic that was left unresolved would otherwise pass for a text that nothing matches. */
function literal(value: ConditionValue): string {
  if (typeof value === 'object') throw new PolicyError(`Not a value: ${JSON.stringify(value)}`);
  refuseVariables(String(value));
  return String(value);
}

/** `${aws:username}` and the like would be taken literally here, and so allow or deny the wrong thing. */
export function refuseVariables(text: string): void {
  if (text.includes('${')) throw new PolicyError(`Policy variables are not supported: ${text}`);
}
