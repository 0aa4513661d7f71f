import * as z from 'zod';
import type { Schema } from './from-schema.ts';

interface Content {
  content?: Record<string, { schema: Schema }>;
}

interface Parameter {
  name: string;
  in: 'path' | 'query';
  required: boolean;
  schema: Schema;
}

/** A route as the OpenAPI document tells of it. */
export interface Operation {
  /** `POST /api/jobs/{id}/retry` */
  route: string;
  method: string;
  path: string;
  isPublic: boolean;
  parameters: Parameter[];
  /** Of what a body holds, by its type. */
  body?: { type: string; schema: Schema };
  /** By status; what has no content has no body. */
  responses: Record<string, Map<string, z.ZodType> | undefined>;
}

type Described = {
  security?: unknown;
  parameters: Parameter[];
  requestBody?: Content;
  responses: Record<string, Content>;
};

/** All routes of a document, in its order. */
export function operationsOf(document: { paths: Record<string, Record<string, Described>> }): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => toOperation(path, method.toUpperCase(), described)),
  );
}

function toOperation(path: string, method: string, described: Described): Operation {
  const [body] = Object.entries(described.requestBody?.content ?? {});
  return {
    route: `${method} ${path}`,
    method,
    path,
    isPublic: described.security === undefined,
    parameters: described.parameters,
    ...(body && { body: { type: body[0], schema: body[1].schema } }),
    responses: Object.fromEntries(
      Object.entries(described.responses).map(([status, { content }]) => [status, schemasOf(content)]),
    ),
  };
}

function schemasOf(content: Content['content']): Map<string, z.ZodType> | undefined {
  if (!content) return undefined;
  return new Map(
    Object.entries(content).map(([type, { schema }]) => [type, z.fromJSONSchema(schema as never)]),
  );
}
