import { extractAudio } from '../../core/jobs/extract-audio.ts';
import { jobsTable, uploadsBucket } from '../shared/clients.ts';
import { ids } from '../shared/ids.ts';
import { layerMedia, withFolder } from '../shared/media.ts';
import { runSchema, stepFunction } from '../shared/step-function.ts';

export function createHandler(deps: Parameters<typeof extractAudio>[0]) {
  return stepFunction(runSchema, (run, room) =>
    withFolder((folder) => extractAudio(deps, run, { ...room, folder })),
  );
}

export const handler = createHandler({
  jobs: jobsTable(),
  uploads: uploadsBucket(),
  media: layerMedia(),
  ids,
});
