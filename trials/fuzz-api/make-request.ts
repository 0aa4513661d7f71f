import fc from 'fast-check';
import type { Operation } from './api-document.ts';
import { fromSchema } from './from-schema.ts';
import { mutated } from './mutate.ts';

/** A request before the names of a job are filled in; `send` makes bytes of it. */
export interface RequestPlan {
  operation: Operation;
  kind: 'valid' | 'nearly valid' | 'any value' | 'malformed';
  as: 'owner' | 'nobody' | 'forged';
  /** By name. */
  path: Record<string, unknown>;
  query: Record<string, unknown>;
  body?: unknown;
  malformation: Malformation;
  slash: boolean;
}

/** What is done to a request on its way; each but `none` is for the malformed alone. */
export const malformations = [
  'none',
  'broken json',
  'wrong type',
  'no type',
  'empty body',
  'huge body',
  'other encoding',
  'binary body',
  'query twice',
  'odd query',
  'odd headers',
  'path tricks',
  'other method',
  'chunked',
] as const;
export type Malformation = (typeof malformations)[number];

/** Any request to any route of the document, in the shares in which they are of use. */
export function anyRequest(operations: Operation[]): fc.Arbitrary<RequestPlan> {
  return fc.oneof(
    ...operations.map((operation) =>
      fc.oneof(
        { weight: 8, arbitrary: planOf(operation, 'valid', (value) => value) },
        { weight: 8, arbitrary: planOf(operation, 'nearly valid', mutated) },
        { weight: 2, arbitrary: planOf(operation, 'any value', () => fc.jsonValue({ maxDepth: 3 })) },
        { weight: 5, arbitrary: malformed(operation) },
      ),
    ),
  );
}

function malformed(operation: Operation): fc.Arbitrary<RequestPlan> {
  const plan = planOf(operation, 'malformed', (value) => value);
  const malformation = fc.constantFrom(...malformations.slice(1));
  return fc.tuple(plan, malformation).map(([made, how]) => ({ ...made, malformation: how }));
}

/** `spoil` makes another arbitrary of each that fits. */
export function planOf(
  operation: Operation,
  kind: RequestPlan['kind'],
  spoil: (value: fc.Arbitrary<unknown>) => fc.Arbitrary<unknown>,
): fc.Arbitrary<RequestPlan> {
  const { parameters, body } = operation;
  const of = (place: string) => {
    const placed = parameters.filter((parameter) => parameter.in === place);
    const values = Object.fromEntries(
      placed.map(({ name, schema }) => [name, spoil(fromSchema(schema, name))]),
    );
    const requiredKeys = placed.filter(({ required }) => required).map(({ name }) => name);
    return fc.record<Record<string, unknown>>(values, { requiredKeys: kind === 'valid' ? requiredKeys : [] });
  };
  const isForm = body?.type === 'multipart/form-data';
  const spoilt =
    body && (isForm ? spoilMembers(body.schema.properties ?? {}, spoil) : spoil(fromSchema(body.schema)));
  return fc.record({
    operation: fc.constant(operation),
    kind: fc.constant(kind),
    as: fc.constantFrom(...(kind === 'valid' ? valid : callers)),
    path: of('path') as fc.Arbitrary<Record<string, unknown>>,
    query: of('query') as fc.Arbitrary<Record<string, unknown>>,
    ...(spoilt && { body: spoilt }),
    malformation: fc.constant('none' as const),
    slash: fc.boolean(),
  }) as fc.Arbitrary<RequestPlan>;
}

const valid = ['owner'] as const;
const callers = [...Array<'owner'>(18).fill('owner'), 'nobody', 'forged'] as const;

/** A form stays one: what is spoilt are its fields. */
function spoilMembers(
  properties: Record<string, Parameters<typeof fromSchema>[0]>,
  spoil: (value: fc.Arbitrary<unknown>) => fc.Arbitrary<unknown>,
) {
  const members = Object.entries(properties).map(([name, schema]) => [name, spoil(fromSchema(schema, name))]);
  return fc.record<Record<string, unknown>>(Object.fromEntries(members), { requiredKeys: ['media_file'] });
}
