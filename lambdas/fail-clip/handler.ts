import * as z from 'zod';
import { failClip } from '../../core/jobs/fail-job.ts';
import type { JobStore } from '../../core/ports/job-store.ts';
import { jobsTable } from '../shared/clients.ts';
import { caughtSchema, clipRunSchema, stepFunction } from '../shared/step-function.ts';

const failure = z.intersection(clipRunSchema, z.object({ caught: caughtSchema }));

export function createHandler({ jobs }: { jobs: JobStore }) {
  return stepFunction(failure, async ({ caught, ...run }, { now }) => {
    await failClip(jobs, run, caught, now());
  });
}

export const handler = createHandler({ jobs: jobsTable() });
