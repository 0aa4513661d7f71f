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
import { jobAnswer } from '../read-jobs/contract.ts';
import { submitForm } from '../submit-file/contract.ts';
import type { Operation } from './operation.ts';

/** Bringing a recording in: a form, parts, or a small file with its job. */
export const uploadOperations: Record<string, Operation> = {
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
};
