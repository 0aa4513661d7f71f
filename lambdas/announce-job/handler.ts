import { type Announcing, announceJob } from '../../core/announce/announce-job.ts';
import { announcements, jobsTable } from '../shared/clients.ts';
import { runSchema, stepFunction } from '../shared/step-function.ts';

export function createHandler(deps: Announcing) {
  return stepFunction(runSchema, async (run) => {
    await announceJob(deps, run);
  });
}

export const handler = createHandler({ jobs: jobsTable(), announcements: announcements() });
