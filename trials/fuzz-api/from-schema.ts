import fc from 'fast-check';
import { canary, hostileName } from './hostile-name.ts';

/** Of JSON Schema what our document uses. */
export interface Schema {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  minItems?: number;
  maxItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
}

/** Names whose values are of somebody's job: these stand for those of a job that is there, see `resolve`. */
export const known = ['job_id', 's3_key', 'upload_id', 'cursor'] as const;
const synonyms: Record<string, (typeof known)[number]> = {
  id: 'job_id',
  uploadId: 'upload_id',
  key: 's3_key',
};
export const placeholder = (name: string) => `{{${name}}}`;

/** What fits the schema; of things with a name, mostly what would be taken. */
export function fromSchema(schema: Schema, name = ''): fc.Arbitrary<unknown> {
  const reference = synonyms[name] ?? known.find((one) => one === name);
  if (reference) {
    return fc.oneof(
      { weight: 6, arbitrary: fc.constant(placeholder(reference)) },
      { weight: 1, arbitrary: fc.uuid() },
      { weight: 1, arbitrary: text(schema) },
    );
  }
  if (name === 'filename') return fc.oneof(fc.constant(`${canary}.mp4`), hostileName);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((option) => fromSchema(option, name)));

  switch (schema.type) {
    case 'string':
      return text(schema);
    case 'integer':
      return whole(schema);
    case 'number':
      return fc.double({ ...boundsOf(schema, 1e9), noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(fromSchema(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 5, 5),
      });
    case 'object':
      return objectOf(schema);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function objectOf({ properties = {}, required = [] }: Schema): fc.Arbitrary<unknown> {
  const members = Object.entries(properties).map(([name, schema]) => [name, fromSchema(schema, name)]);
  return fc.record<Record<string, unknown>>(Object.fromEntries(members), { requiredKeys: required });
}

function text({ format, pattern, minLength = 0, maxLength = 40 }: Schema): fc.Arbitrary<string> {
  if (format === 'base64') return fc.base64String({ maxLength: 40 });
  if (pattern) return fc.stringMatching(new RegExp(pattern), { size: 'small' });
  return fc.string({ unit: 'binary', minLength, maxLength: Math.min(maxLength, 40) });
}

/** Near the bounds more often than between them. */
function whole(schema: Schema): fc.Arbitrary<number> {
  const { min, max } = boundsOf(schema, Number.MAX_SAFE_INTEGER);
  const small = fc.integer({ min, max: Math.min(max, min + 20_000_000) });
  return fc.oneof({ weight: 4, arbitrary: small }, { weight: 1, arbitrary: fc.constantFrom(min, max) });
}

function boundsOf({ minimum, maximum, exclusiveMinimum }: Schema, widest: number) {
  const min = minimum ?? (exclusiveMinimum === undefined ? -widest : exclusiveMinimum + 1);
  return { min, max: Math.max(min, maximum ?? widest) };
}
