import * as z from 'zod';
import { failJob } from '../../core/jobs/fail-job.ts';
import type { JobStore } from '../../core/ports.ts';
import { jobsTable } from '../shared/clients.ts';
import { count, metrics } from '../shared/observability.ts';
import { caughtSchema, now, runSchema, stepFunction } from '../shared/step-function.ts';

const failure = z.intersection(runSchema, z.object({ caught: caughtSchema }));

export function createHandler({ jobs }: { jobs: JobStore }) {
  return stepFunction(failure, async ({ caught, ...run }) => {
    const { failed, failure } = await failJob(jobs, run, caught, now());
    if (!failed) return;

    metrics.addDimension('error_code', failure.code);
    count('JobsFailed');
  });
}

export const handler = createHandler({ jobs: jobsTable() });
