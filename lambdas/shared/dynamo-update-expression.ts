import { toValue } from './dynamo-records.ts';

/**
 * The expressions of one conditional update: each attribute of `expected` must have one of the values given,
 * those of `set` are written (undefined ones are left alone), those of `remove` taken away.
 */
export function updateExpression(
  expected: Record<string, readonly unknown[] | undefined>,
  set: Record<string, unknown>,
  remove: string[],
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
    .filter(([, content]) => content !== undefined)
    .map(([attribute, content]) => `${name(attribute)} = ${value(attribute, content)}`);
  const removals = remove.map(name);

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
