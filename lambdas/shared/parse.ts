import type * as z from 'zod';
import { Refusal } from '../../core/refusals.ts';
import { fieldMessage } from './field-message.ts';
import type { HttpCall } from './http-function.ts';

/** An answer has to fit what a function may answer, whatever was sent. */
const mostErrors = 50;

/** What the schema makes of the input. @throws Refusal `validation-failed`, naming every field that is wrong */
export function parse<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input, { error: fieldMessage });
  if (result.success) return result.data;

  const errors = result.error.issues.flatMap((issue) => {
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys : undefined;
    return (
      unknown?.map((key) => ({
        field: [...issue.path, key].join('.'),
        message: 'There is no such field.',
      })) ?? [{ field: issue.path.join('.'), message: issue.message }]
    );
  });
  const named = errors
    .slice(0, mostErrors)
    .map(({ field, message }) => ({ field: field.slice(0, 100), message }));
  const fields = new Set(named.map(({ field }) => field || 'body'));
  throw new Refusal('validation-failed', `Not valid: ${[...fields].join(', ')}.`, named);
}

/** What the schema makes of a request's body. @throws Refusal `invalid-json`, `validation-failed` */
export function parseBody<S extends z.ZodType>(schema: S, { event }: HttpCall): z.output<S> {
  return parse(schema, parseJson(event.body, event.isBase64Encoded));
}

/** A request's body. @throws Refusal `invalid-json` */
export function parseJson(body: string | undefined, isBase64Encoded = false): unknown {
  try {
    return parseWellFormed(isBase64Encoded ? Buffer.from(body ?? '', 'base64').toString() : (body ?? ''));
  } catch {
    throw new Refusal('invalid-json', 'The body must be one JSON object, sent as application/json.');
  }
}

/** A JSON text; halves of characters, which it can name but no storage takes, come as U+FFFD. */
export function parseWellFormed(json: string): unknown {
  return JSON.parse(json, (_name, value) => (typeof value === 'string' ? value.toWellFormed() : value));
}
