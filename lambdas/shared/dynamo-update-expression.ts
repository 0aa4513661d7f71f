import { toValue } from './dynamo-records.ts';

/**
 * The expressions of one conditional update: each attribute of `expected` must have one of the values given,
 * those of `set` are written, or taken away if they are null; undefined ones are left alone.
 */
export function updateExpression(
  expected: Record<string, readonly unknown[] | undefined>,
  set: Record<string, unknown>,
) {
  const names: Record<string, string> = {};
  const values: Record<string, ReturnType<typeof toValue>> = {};
  const name = (attribute: string) => {
    names[`#${attribute}`] = attribute;
    return `#${attribute}`;
  };
  const value = (key: string, content: unknown) => {
    values[`:${key}`] = toValue(content);
    return `:${key}`;
  };

  const conditions = Object.entries(expected)
    .filter(([, allowed]) => allowed !== undefined)
    .map(([attribute, allowed = []]) => {
      const options = allowed.map((option, index) => value(`${attribute}Is${index}`, option));
      return `${name(attribute)} IN (${options.join(', ')})`;
    });
  const assignments = Object.entries(set)
    .filter(([, content]) => content !== undefined && content !== null)
    .map(([attribute, content]) => `${name(attribute)} = ${value(attribute, content)}`);
  const removals = Object.keys(set)
    .filter((attribute) => set[attribute] === null)
    .map(name);

  return {
    ConditionExpression: conditions.join(' AND '),
    UpdateExpression: [
      `SET ${assignments.join(', ')}`,
      ...(removals.length > 0 ? [`REMOVE ${removals.join(', ')}`] : []),
    ].join(' '),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  };
}
