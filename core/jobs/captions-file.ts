import type { Cue } from '../media/captions/cue.ts';
import { parseCaptions } from '../media/captions/parse-captions.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { CaptionsFormat } from '../uploads/keys.ts';
import type { KeptFile } from './given-files.ts';
import type { Job } from './job.ts';

/** Captions of the whole source, as they came with the request. */
export interface GivenCaptions {
  format: CaptionsFormat;
  text: string;
}

/** The same where they are kept. */
export interface CaptionsFile extends KeptFile {
  format: CaptionsFormat;
}

/**
 * What is said in a job's source, as far as anybody wrote it down; times are the source's. None where nobody did.
 * @throws SourceChanged, SourceMissing if the captions are not those of the job, or are gone
 */
export async function readCues(
  uploads: Pick<ObjectStore, 'open'>,
  { settings, spokenCaptions }: Pick<Job, 'settings' | 'spokenCaptions'>,
  signal: AbortSignal,
): Promise<Cue[]> {
  const captionsFile = settings.captionsFile ?? spokenCaptions;
  if (!captionsFile) return [];
  const bytes = await uploads.open(captionsFile).read(0, captionsFile.sizeBytes, signal);
  return parseCaptions(new TextDecoder().decode(bytes));
}
