import { type Transcribing, transcribeAudio } from '../../core/jobs/transcribe-audio.ts';
import { jobsTable, transcriber, uploadsBucket } from '../shared/clients.ts';
import { ids } from '../shared/ids.ts';
import { runSchema, stepFunction } from '../shared/step-function.ts';

/** The state machine calls it until it answers `done`. */
export function createHandler(deps: Transcribing) {
  return stepFunction(runSchema, (run, room) => transcribeAudio(deps, run, room));
}

export const handler = createHandler({
  jobs: jobsTable(),
  uploads: uploadsBucket(),
  transcriber: transcriber(),
  ids,
});
