import * as z from 'zod';
import { webhookBody } from '../call-webhook/contract.ts';
import { type Operation, problem } from './operation.ts';
import { operations } from './operations.ts';

/** The OpenAPI 3.1 document, made from the very schemas that validate the requests. */
export function openApiDocument() {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [route, operation] of Object.entries(operations)) {
    const [method = '', path = ''] = route.split(' ');
    paths[path] = { ...paths[path], [method.toLowerCase()]: describe(path, operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Clipwright',
      version: '1',
      description: 'A path with a trailing slash is redirected (308) to the one without.',
    },
    paths,
    webhooks: { jobEnded: { post: jobEnded } },
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
  };
}

/** What is sent to the `webhook_url` of a job. */
const jobEnded = {
  operationId: 'jobEnded',
  summary:
    'Your job has ended. Signed by Standard Webhooks, sent until it is answered with 2xx, or 410 for never again',
  parameters: ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => ({
    name,
    in: 'header',
    required: true,
    schema: { type: 'string' },
  })),
  requestBody: requestBody('application/json', webhookBody),
  responses: { '2XX': { description: 'Taken' }, 410: { description: 'Gone: it is not sent again' } },
};

function describe(path: string, operation: Operation) {
  const { id, summary, isPublic, request, form, query, answers, problems = [] } = operation;
  const answered = Object.entries(answers).map(([status, schema]) => [
    status,
    {
      description: summary,
      ...(schema && { content: { 'application/json': { schema: toSchema(schema, 'output') } } }),
    },
  ]);
  const refused = [...problems, 500].map((status) => [String(status), refusal(status)]);
  return {
    operationId: id,
    summary,
    ...(!isPublic && { security: [{ token: [] }] }),
    parameters: [...pathParameters(path), ...queryParameters(query)],
    ...(request && { requestBody: requestBody('application/json', request) }),
    ...(form && { requestBody: requestBody('multipart/form-data', form) }),
    responses: {
      ...gatewayAnswers(operation),
      ...Object.fromEntries([...answered, ...refused]),
    },
  };
}

/** Of ours; where API Gateway may give this status as well, so it stands there, too. */
function refusal(status: number) {
  return {
    description: 'What was wrong, and what to do about it',
    ...(status === 429 && { headers: retryAfter }),
    content: {
      'application/problem+json': { schema: toSchema(problem, 'output') },
      ...([413, 429, 500].includes(status) && saidByGateway),
    },
  };
}

const retryAfter = {
  'Retry-After': {
    description: 'Seconds, where it is known when the same call may succeed',
    schema: { type: 'integer' },
  },
};

const saidByGateway = {
  'application/json': { schema: toSchema(z.object({ message: z.string() }), 'output') },
};

/** What is not ours: API Gateway answers it, before any function is called or in its place. */
function gatewayAnswers({ isPublic }: Operation) {
  const byGateway = (description: string) => ({ description, content: saidByGateway });
  return {
    ...(!isPublic && { 401: byGateway('The request carries no valid token') }),
    413: byGateway('The body has more than 6 MB'),
    429: byGateway('Too many requests at a time, of all callers together: try again in a moment'),
    503: byGateway('No answer in time, or none at all'),
  };
}

function requestBody(contentType: string, schema: z.ZodType) {
  return { required: true, content: { [contentType]: { schema: toSchema(schema, 'input') } } };
}

function pathParameters(path: string) {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters(query: z.ZodObject | undefined) {
  return Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: !schema.safeParse(undefined).success,
    ...describeQuery(toSchema(schema, 'input')),
  }));
}

/** An object goes into a query as `metadata[file_size]=1`. */
function describeQuery(schema: Record<string, unknown>) {
  return schema.type === 'object' ? { style: 'deepObject', explode: true, schema } : { schema };
}

function toSchema(schema: z.ZodType, io: 'input' | 'output') {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}
