import { limits } from '../../core/limits.ts';
import { clipsAnswer, statusAnswer } from '../read-jobs/clip-contract.ts';
import { jobAnswer, jobPage, listQuery, timelineAnswer } from '../read-jobs/contract.ts';
import type { Operation } from './operation.ts';

/** A job that is there: what is known of it, and what can be done with it. */
export const jobOperations: Record<string, Operation> = {
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
};
