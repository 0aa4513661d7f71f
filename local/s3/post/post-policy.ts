import { S3Error } from '../s3-error.ts';

type Operator = 'eq' | 'starts-with';

interface Condition {
  operator: Operator;
  /** Lowercase. */
  field: string;
  value: string;
  /** As S3 names it in its message. */
  text: string;
}

export interface PostPolicy {
  expiresMs: number;
  conditions: Condition[];
  /** Of the file, both included. */
  sizeBytes: { min: number; max: number };
}

/** Fields that need no condition; `x-ignore-…` too. */
const exempt = ['x-amz-signature', 'file', 'policy', 'bucket'];

/** Throws InvalidPolicyDocument for whatever S3 would not understand. */
export function parsePolicy(base64: string): PostPolicy {
  const document = parseJson(Buffer.from(base64, 'base64').toString('utf8'));
  if (!isRecord(document)) throw invalid('Invalid JSON.');
  const { expiration, conditions } = document;
  if (typeof expiration !== 'string') throw invalid('Policy missing expiration.');
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(expiration) || Number.isNaN(Date.parse(expiration))) {
    throw invalid(`Invalid 'expiration' value: '${expiration}'`);
  }
  if (!Array.isArray(conditions)) throw invalid('Policy missing conditions.');
  const policy: PostPolicy = {
    expiresMs: Date.parse(expiration),
    conditions: [],
    sizeBytes: { min: 0, max: Number.POSITIVE_INFINITY },
  };
  for (const condition of conditions) addCondition(policy, condition);
  return policy;
}

/** Throws AccessDenied unless the policy allows this form. The size of the file is left to whoever reads it. */
export function checkForm(policy: PostPolicy, fields: ReadonlyMap<string, string>, nowMs: number): void {
  if (nowMs > policy.expiresMs) throw denied('Policy expired.');
  const broken = policy.conditions.find((condition) => !holds(condition, fields.get(condition.field) ?? ''));
  if (broken) throw denied(`Policy Condition failed: ${broken.text}`);

  const covered = new Set([...exempt, ...policy.conditions.map(({ field }) => field)]);
  const extra = [...fields.keys()].filter((name) => !covered.has(name) && !name.startsWith('x-ignore-'));
  if (extra.length) throw denied(`Extra input fields: ${extra.join(', ')}`);
}

function addCondition(policy: PostPolicy, condition: unknown): void {
  if (isRecord(condition)) {
    const [entry, ...more] = Object.entries(condition);
    if (!entry || more.length)
      throw invalid('Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.');
    const [field, value] = entry;
    if (typeof value !== 'string') throw invalid('Invalid Simple-Condition: value must be a string.');
    policy.conditions.push(fieldCondition('eq', field, value));
    return;
  }
  if (!Array.isArray(condition) || condition.length !== 3 || typeof condition[0] !== 'string') {
    throw invalid('Invalid Condition: must be an object or an array of three.');
  }
  const [operation, first, second] = condition;
  const operator = operation.toLowerCase();
  if (operator === 'content-length-range') {
    const [min, max] = [toSize(first), toSize(second)];
    policy.sizeBytes = { min: Math.max(policy.sizeBytes.min, min), max: Math.min(policy.sizeBytes.max, max) };
  } else if (operator === 'eq' || operator === 'starts-with') {
    if (typeof first !== 'string' || !first.startsWith('$') || typeof second !== 'string') {
      throw invalid(`Invalid ${operator} condition: expected a "$field" and a string.`);
    }
    policy.conditions.push(fieldCondition(operator, first.slice(1), second));
  } else {
    throw invalid(`Invalid Condition: unknown operation '${operation}'.`);
  }
}

function fieldCondition(operator: Operator, name: string, value: string): Condition {
  const quote = (text: string) => JSON.stringify(text);
  return {
    operator,
    field: name.toLowerCase(),
    value,
    text: `[${quote(operator)}, ${quote(`$${name}`)}, ${quote(value)}]`,
  };
}

function holds({ operator, field, value }: Condition, given: string): boolean {
  if (operator === 'eq') return given === value;
  // S3 reads a Content-Type as a list, of which each must fit.
  const parts = field === 'content-type' ? given.split(',').map((part) => part.trim()) : [given];
  return parts.every((part) => part.startsWith(value));
}

function toSize(value: unknown): number {
  if (/^\d{1,15}$/.test(String(value))) return Number(value);
  throw invalid('Invalid content-length-range: expected two whole numbers.');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('Invalid JSON.');
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(message: string): S3Error {
  return new S3Error('InvalidPolicyDocument', `Invalid Policy: ${message}`);
}

function denied(message: string): S3Error {
  return new S3Error('AccessDenied', `Invalid according to Policy: ${message}`);
}
