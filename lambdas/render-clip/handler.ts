import { renderClip } from '../../core/jobs/render-clip.ts';
import { clipsBucket, jobsTable, uploadsBucket } from '../shared/clients.ts';
import { layerMedia, withFolder } from '../shared/media.ts';
import { clipRunSchema, stepFunction } from '../shared/step-function.ts';

export function createHandler(deps: Parameters<typeof renderClip>[0]) {
  return stepFunction(clipRunSchema, (run, room) =>
    withFolder((folder) => renderClip(deps, run, { ...room, folder })),
  );
}

export const handler = createHandler({
  jobs: jobsTable(),
  uploads: uploadsBucket(),
  clips: clipsBucket(),
  media: layerMedia(),
});
