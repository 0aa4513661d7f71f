import * as z from 'zod';
import { limits } from '../../core/limits.ts';
import { createJobRequest } from '../create-job/contract.ts';
import {
  completeAnswer,
  completeRequest,
  initiateAnswer,
  initiateRequest,
  partsAnswer,
  uploadClaim,
  urlsAnswer,
  urlsRequest,
} from '../multipart-upload/contract.ts';
import { presignAnswer, presignRequest } from '../presign-upload/contract.ts';
import { clipsAnswer, statusAnswer } from '../read-jobs/clip-contract.ts';
import { jobAnswer, jobPage, listQuery, timelineAnswer } from '../read-jobs/contract.ts';
import {
  uppyBegun,
  uppyCompleted,
  uppyCompleteRequest,
  uppyFile,
  uppyForm,
  uppyKeyQuery,
  uppyParts,
  uppySignedPart,
} from '../serve-uppy/contract.ts';
import { submitForm } from '../submit-file/contract.ts';

const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string().describe('Stable: what scripts should look at'),
  errors: z.array(z.object({ field: z.string(), message: z.string() })),
  link: z.string().optional().describe('A path: the other way to what was asked'),
  request_id: z.string(),
});
const health = z.object({ status: z.literal('ok') });

interface Operation {
  summary: string;
  isPublic?: boolean;
  request?: z.ZodType;
  /** Of a request that is sent as multipart/form-data. */
  form?: z.ZodType;
  query?: z.ZodObject;
  /** `null`: an answer without a body. */
  answers: Record<number, z.ZodType | null>;
  problems?: number[];
}

/** Every route of the API; lib/http-api.ts builds the same ones, and a test compares the two. */
export const operations: Record<string, Operation> = {
  'POST /api/upload/presigned-url': {
    summary: 'Make a job that waits for its source, and a form to upload it with',
    request: presignRequest,
    answers: { 200: presignAnswer },
    problems: [400, 422],
  },
  'POST /api/upload/multipart/initiate': {
    summary: 'Make a job that waits for its source, and begin to upload that in parts',
    request: initiateRequest,
    answers: { 200: initiateAnswer },
    problems: [400, 422],
  },
  'POST /api/upload/multipart/urls': {
    summary: 'A URL for each of these parts, to PUT exactly its bytes to; ask again when they have expired',
    request: urlsRequest,
    answers: { 200: urlsAnswer },
    problems: [400, 404, 409, 422],
  },
  'POST /api/upload/multipart/parts': {
    summary: 'Which parts have arrived: where to go on after a break',
    request: uploadClaim,
    answers: { 200: partsAnswer },
    problems: [400, 404, 409, 422],
  },
  'POST /api/upload/multipart/complete': {
    summary: 'Make the source of its parts; the same call again is answered the same',
    request: completeRequest,
    answers: { 200: completeAnswer },
    problems: [400, 404, 409, 422],
  },
  'POST /api/upload/multipart/abort': {
    summary: 'Give an unfinished upload up, and its job',
    request: uploadClaim,
    answers: { 204: null },
    problems: [400, 404, 409, 422],
  },
  'POST /api/upload/create-job': {
    summary: 'Start the job whose source was uploaded; the same call again answers the same job',
    request: createJobRequest,
    answers: { 200: jobAnswer, 201: jobAnswer },
    problems: [400, 404, 409, 422],
  },
  'POST /api/jobs': {
    summary: 'Make a job of a small file in one call',
    form: submitForm,
    answers: { 201: jobAnswer },
    problems: [400, 413, 422],
  },
  'GET /api/jobs': {
    summary: 'Your jobs, newest first',
    query: listQuery,
    answers: { 200: jobPage },
    problems: [422],
  },
  'GET /api/jobs/{id}': {
    summary: 'A job: settings, stages, bytes read and freed',
    answers: { 200: jobAnswer },
    problems: [404],
  },
  'GET /api/jobs/{id}/status': {
    summary: 'How far a job is, with its segments',
    answers: { 200: statusAnswer },
    problems: [404],
  },
  'GET /api/jobs/{id}/clips': {
    summary: 'The finished clips, with short-lived URLs',
    answers: { 200: clipsAnswer },
    problems: [404],
  },
  'GET /api/jobs/{id}/timeline': {
    summary: `What happened to a job, line by line: the last ${limits.timelineEntries}`,
    answers: { 200: timelineAnswer },
    problems: [404],
  },
  'POST /api/jobs/{id}/retry': {
    summary: 'Run a failed job again; what is finished is not rendered again',
    answers: { 200: jobAnswer },
    problems: [404, 409],
  },
  'POST /api/jobs/{id}/cancel': {
    summary: 'End a job that waits or runs; finished clips stay, the source expires',
    answers: { 200: jobAnswer },
    problems: [404, 409],
  },
  'DELETE /api/jobs/{id}': {
    summary: 'Delete an ended job with its clips and all other objects',
    answers: { 204: null },
    problems: [404, 409],
  },
  'GET /api/uppy/s3/params': {
    summary: "For Uppy's AwsS3 with companionEndpoint /api/uppy: the form for a file in one piece",
    query: uppyFile,
    answers: { 200: uppyForm },
    problems: [422],
  },
  'POST /api/uppy/s3/multipart': {
    summary: 'For Uppy: begin to upload a file in parts',
    request: uppyFile,
    answers: { 200: uppyBegun },
    problems: [400, 422],
  },
  'GET /api/uppy/s3/multipart/{uploadId}': {
    summary: 'For Uppy: which parts have arrived',
    query: uppyKeyQuery,
    answers: { 200: uppyParts },
    problems: [404, 409, 422],
  },
  'GET /api/uppy/s3/multipart/{uploadId}/{partNumber}': {
    summary: 'For Uppy: a URL to PUT one part to',
    query: uppyKeyQuery,
    answers: { 200: uppySignedPart },
    problems: [404, 409, 422],
  },
  'POST /api/uppy/s3/multipart/{uploadId}/complete': {
    summary: 'For Uppy: make the source of its parts',
    query: uppyKeyQuery,
    request: uppyCompleteRequest,
    answers: { 200: uppyCompleted },
    problems: [400, 404, 409, 422],
  },
  'DELETE /api/uppy/s3/multipart/{uploadId}': {
    summary: 'For Uppy: give an unfinished upload up',
    query: uppyKeyQuery,
    answers: { 200: z.object({}) },
    problems: [404, 409, 422],
  },
  'GET /api/openapi.json': { summary: 'This document', isPublic: true, answers: { 200: z.looseObject({}) } },
  'GET /api/health': { summary: 'Whether the API answers', isPublic: true, answers: { 200: health } },
};

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
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
  };
}

function describe(path: string, operation: Operation) {
  const { summary, isPublic, request, form, query, answers, problems = [] } = operation;
  const answered = Object.entries(answers).map(([status, schema]) => [
    status,
    {
      description: summary,
      ...(schema && { content: { 'application/json': { schema: toSchema(schema, 'output') } } }),
    },
  ]);
  const refused = problems.map((status) => [
    String(status),
    {
      description: 'What was wrong, and what to do about it',
      content: { 'application/problem+json': { schema: toSchema(problem, 'output') } },
    },
  ]);
  return {
    summary,
    ...(!isPublic && { security: [{ token: [] }] }),
    parameters: [...pathParameters(path), ...queryParameters(query)],
    ...(request && { requestBody: requestBody('application/json', request) }),
    ...(form && { requestBody: requestBody('multipart/form-data', form) }),
    responses: Object.fromEntries([...answered, ...refused, ...(isPublic ? [] : [unauthorized])]),
  };
}

function requestBody(contentType: string, schema: z.ZodType) {
  return { required: true, content: { [contentType]: { schema: toSchema(schema, 'input') } } };
}

/** The one answer that is not ours: API Gateway gives it before any function is called. */
const unauthorized = [
  '401',
  {
    description: 'The request carries no valid token',
    content: { 'application/json': { schema: toSchema(z.object({ message: z.string() }), 'output') } },
  },
];

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
