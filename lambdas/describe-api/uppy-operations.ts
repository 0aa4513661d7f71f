import * as z from 'zod';
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
import type { Operation } from './operation.ts';

/** What Uppy's AwsS3 calls where `companionEndpoint` is /api/uppy. */
export const uppyOperations: Record<string, Operation> = {
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
};
