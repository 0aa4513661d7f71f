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
import { secretAnswer } from '../serve-webhook-secret/contract.ts';
import { submitForm } from '../submit-file/contract.ts';

export const problem = z.object({
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

export interface Operation {
  /** Unique: generated clients name their methods by it. */
  id: string;
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
    id: 'presignUpload',
    summary: 'Make a job that waits for its source, and a form to upload it with',
    request: presignRequest,
    answers: { 200: presignAnswer },
    problems: [400, 422, 429],
  },
  'POST /api/upload/multipart/initiate': {
    id: 'beginMultipartUpload',
    summary: 'Make a job that waits for its source, and begin to upload that in parts',
    request: initiateRequest,
    answers: { 200: initiateAnswer },
    problems: [400, 422, 429],
  },
  'POST /api/upload/multipart/urls': {
    id: 'signParts',
    summary: 'A URL for each of these parts, to PUT exactly its bytes to; ask again when they have expired',
    request: urlsRequest,
    answers: { 200: urlsAnswer },
    problems: [400, 404, 409, 422],
  },
  'POST /api/upload/multipart/parts': {
    id: 'listParts',
    summary: 'Which parts have arrived: where to go on after a break',
    request: uploadClaim,
    answers: { 200: partsAnswer },
    problems: [400, 404, 409, 422],
  },
  'POST /api/upload/multipart/complete': {
    id: 'completeMultipartUpload',
    summary: 'Make the source of its parts; the same call again is answered the same',
    request: completeRequest,
    answers: { 200: completeAnswer },
    problems: [400, 404, 409, 422],
  },
  'POST /api/upload/multipart/abort': {
    id: 'abortMultipartUpload',
    summary: 'Give an unfinished upload up, and its job',
    request: uploadClaim,
    answers: { 204: null },
    problems: [400, 404, 409, 422],
  },
  'POST /api/upload/create-job': {
    id: 'createJob',
    summary: 'Start the job whose source was uploaded; the same call again answers the same job',
    request: createJobRequest,
    answers: { 200: jobAnswer, 201: jobAnswer },
    problems: [400, 404, 409, 422],
  },
  'POST /api/jobs': {
    id: 'submitFile',
    summary: 'Make a job of a small file in one call',
    form: submitForm,
    answers: { 201: jobAnswer },
    problems: [400, 413, 422, 429],
  },
  'GET /api/jobs': {
    id: 'listJobs',
    summary: 'Your jobs, newest first',
    query: listQuery,
    answers: { 200: jobPage },
    problems: [422],
  },
  'GET /api/jobs/{id}': {
    id: 'getJob',
    summary: 'A job: settings, stages, bytes read and freed',
    answers: { 200: jobAnswer },
    problems: [404],
  },
  'GET /api/jobs/{id}/status': {
    id: 'getStatus',
    summary: 'How far a job is, with its segments',
    answers: { 200: statusAnswer },
    problems: [404],
  },
  'GET /api/jobs/{id}/clips': {
    id: 'getClips',
    summary: 'The finished clips, with short-lived URLs',
    answers: { 200: clipsAnswer },
    problems: [404],
  },
  'GET /api/jobs/{id}/timeline': {
    id: 'getTimeline',
    summary: `What happened to a job, line by line: the last ${limits.timelineEntries}`,
    answers: { 200: timelineAnswer },
    problems: [404],
  },
  'POST /api/jobs/{id}/retry': {
    id: 'retryJob',
    summary: 'Run a failed job again; what is finished is not rendered again',
    answers: { 200: jobAnswer },
    problems: [404, 409, 429],
  },
  'POST /api/jobs/{id}/cancel': {
    id: 'cancelJob',
    summary: 'End a job that waits or runs; finished clips stay, the source expires',
    answers: { 200: jobAnswer },
    problems: [404, 409],
  },
  'DELETE /api/jobs/{id}': {
    id: 'deleteJob',
    summary: 'Delete an ended job with its clips and all other objects',
    answers: { 204: null },
    problems: [404, 409],
  },
  'GET /api/webhook-secret': {
    id: 'getWebhookSecret',
    summary: 'What the calls of your webhooks are signed with; made when first asked for',
    answers: { 200: secretAnswer },
  },
  'POST /api/webhook-secret/rotate': {
    id: 'rotateWebhookSecret',
    summary: 'A new secret for your webhooks; the former one signs as well for a day',
    answers: { 200: secretAnswer },
  },
  'GET /api/uppy/s3/params': {
    id: 'uppyPresignUpload',
    summary: "For Uppy's AwsS3 with companionEndpoint /api/uppy: the form for a file in one piece",
    query: uppyFile,
    answers: { 200: uppyForm },
    problems: [422, 429],
  },
  'POST /api/uppy/s3/multipart': {
    id: 'uppyBeginUpload',
    summary: 'For Uppy: begin to upload a file in parts',
    request: uppyFile,
    answers: { 200: uppyBegun },
    problems: [400, 422, 429],
  },
  'GET /api/uppy/s3/multipart/{uploadId}': {
    id: 'uppyListParts',
    summary: 'For Uppy: which parts have arrived',
    query: uppyKeyQuery,
    answers: { 200: uppyParts },
    problems: [404, 409, 422],
  },
  'GET /api/uppy/s3/multipart/{uploadId}/{partNumber}': {
    id: 'uppySignPart',
    summary: 'For Uppy: a URL to PUT one part to',
    query: uppyKeyQuery,
    answers: { 200: uppySignedPart },
    problems: [404, 409, 422],
  },
  'POST /api/uppy/s3/multipart/{uploadId}/complete': {
    id: 'uppyCompleteUpload',
    summary: 'For Uppy: make the source of its parts',
    query: uppyKeyQuery,
    request: uppyCompleteRequest,
    answers: { 200: uppyCompleted },
    problems: [400, 404, 409, 422],
  },
  'DELETE /api/uppy/s3/multipart/{uploadId}': {
    id: 'uppyAbortUpload',
    summary: 'For Uppy: give an unfinished upload up',
    query: uppyKeyQuery,
    answers: { 200: z.object({}) },
    problems: [404, 409, 422],
  },
  'GET /api/openapi.json': {
    id: 'getOpenApi',
    summary: 'This document',
    isPublic: true,
    answers: { 200: z.looseObject({}) },
  },
  'GET /api/health': {
    id: 'getHealth',
    summary: 'Whether the API answers',
    isPublic: true,
    answers: { 200: health },
  },
  'HEAD /api/health': {
    id: 'headHealth',
    summary: 'The same for who only wants to know the status',
    isPublic: true,
    answers: { 200: null },
  },
};
