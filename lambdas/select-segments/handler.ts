import { selectSegments } from '../../core/jobs/select-segments.ts';
import { clipsBucket, jobsTable, reading, uploadsBucket } from '../shared/clients.ts';
import { ids } from '../shared/ids.ts';
import { layerMedia } from '../shared/media.ts';
import { runSchema, stepFunction } from '../shared/step-function.ts';

export function createHandler(deps: Parameters<typeof selectSegments>[0]) {
  return stepFunction(runSchema, async (run, room) => {
    const { clipNumbers } = await selectSegments(deps, run, room);
    return { clip_numbers: clipNumbers };
  });
}

export const handler = createHandler({
  jobs: jobsTable(),
  uploads: uploadsBucket(),
  clips: clipsBucket(),
  media: layerMedia(),
  reading: reading(),
  ids,
});
