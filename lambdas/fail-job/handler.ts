import * as z from 'zod';
import { failJob } from '../../core/jobs/fail-job.ts';
import type { JobStore } from '../../core/ports/job-store.ts';
import { jobsTable } from '../shared/clients.ts';
import { caughtSchema, now, runSchema, stepFunction } from '../shared/step-function.ts';

const failure = z.intersection(runSchema, z.object({ caught: caughtSchema }));

export function createHandler({ jobs }: { jobs: JobStore }) {
  return stepFunction(failure, async ({ caught, ...run }) => {
    await failJob(jobs, run, caught, now());
  });
}

export const handler = createHandler({ jobs: jobsTable() });
