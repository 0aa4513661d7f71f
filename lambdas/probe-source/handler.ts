import { probeSource } from '../../core/jobs/probe-source.ts';
import { jobsTable, uploadsBucket } from '../shared/clients.ts';
import { layerMedia } from '../shared/media.ts';
import { runSchema, stepFunction } from '../shared/step-function.ts';

export function createHandler(deps: Parameters<typeof probeSource>[0]) {
  return stepFunction(runSchema, (run, room) => probeSource(deps, run, room));
}

export const handler = createHandler({ jobs: jobsTable(), uploads: uploadsBucket(), media: layerMedia() });
