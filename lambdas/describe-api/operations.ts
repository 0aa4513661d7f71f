import * as z from 'zod';
import { secretAnswer } from '../serve-webhook-secret/contract.ts';
import { jobOperations } from './job-operations.ts';
import type { Operation } from './operation.ts';
import { uploadOperations } from './upload-operations.ts';
import { uppyOperations } from './uppy-operations.ts';

const health = z.object({ status: z.literal('ok') });

/** Every route of the API; lib/http-api.ts builds the same ones, and a test compares the two. */
export const operations: Record<string, Operation> = {
  ...uploadOperations,
  ...jobOperations,
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
  ...uppyOperations,
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
