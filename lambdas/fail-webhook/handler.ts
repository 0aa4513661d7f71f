import * as z from 'zod';
import { failWebhook } from '../../core/announce/fail-webhook.ts';
import type { JobStore } from '../../core/ports/job-store.ts';
import { announced } from '../call-webhook/contract.ts';
import { jobsTable } from '../shared/clients.ts';
import { caughtSchema, now, stepFunction } from '../shared/step-function.ts';

const failure = z.intersection(announced, z.object({ caught: caughtSchema }));

export function createHandler({ jobs }: { jobs: JobStore }) {
  return stepFunction(failure, async ({ caught, event }) => {
    await failWebhook(jobs, event, caught, now());
  });
}

export const handler = createHandler({ jobs: jobsTable() });
