import type * as z from 'zod';

const kinds: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  file: 'a file',
};

/** What counts, of what has a size instead of being one. */
const units: Record<string, string> = { string: 'characters', array: 'entries', file: 'bytes' };

/**
 * What is wrong with a field, for who sent it; zod's own words are for who writes schemas. Undefined for what no schema
 * of ours asks: then zod's have to do.
 */
export function fieldMessage(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.input === undefined) return 'This field is required.';
  switch (issue.code) {
    case 'invalid_type':
      return `Must be ${kinds[issue.expected] ?? issue.expected}.`;
    case 'invalid_value':
      return `Must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}.`;
    case 'too_small':
      return atLeast(issue.origin, Number(issue.minimum), issue.inclusive ?? true);
    case 'too_big':
      return atMost(issue.origin, Number(issue.maximum));
    default:
      return undefined;
  }
}

function atLeast(origin: string, minimum: number, inclusive: boolean): string {
  const unit = units[origin];
  if (unit && minimum === 1) return 'Must not be empty.';
  if (unit) return `Must have at least ${minimum} ${unit}.`;
  return inclusive ? `Must be at least ${minimum}.` : `Must be more than ${minimum}.`;
}

function atMost(origin: string, maximum: number): string {
  const unit = units[origin];
  return unit ? `Must have at most ${maximum} ${unit}.` : `Must be at most ${maximum}.`;
}
