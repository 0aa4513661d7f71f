import type { Cue } from '../media/captions/cue.ts';
import { parseCaptions } from '../media/captions/parse-captions.ts';
import type { Ids, ObjectStore } from '../ports.ts';
import { type CaptionsFormat, captionsKey } from '../uploads/keys.ts';
import type { Job } from './job.ts';

/** Captions of the whole source, as they came with the request. */
export interface GivenCaptions {
  format: CaptionsFormat;
  text: string;
}

/** The same where they are kept, beside the audio and as long as that. */
export interface CaptionsFile {
  key: string;
  etag: string;
  sizeBytes: number;
  format: CaptionsFormat;
  /** Tells the same text from another. */
  digest: string;
}

const contentTypes = { srt: 'application/x-subrip', vtt: 'text/vtt' } as const;

/**
 * Stores captions where the job's belong; those that are there already stay as they are. To be called before the job
 * is started: what runs reads no other text than the one that it was started with.
 */
export async function storeCaptions(
  { uploads, ids }: { uploads: Pick<ObjectStore, 'putBytes'>; ids: Ids },
  job: Job,
  given: GivenCaptions,
): Promise<CaptionsFile> {
  const described = describeCaptions(ids, job, given);
  if (described.etag) return described;

  const bytes = new TextEncoder().encode(given.text);
  const { etag } = await uploads.putBytes(described.key, bytes, { contentType: contentTypes[given.format] });
  return { ...described, etag };
}

/** What would be stored; without an ETag if the job doesn't have this very text. */
export function describeCaptions(ids: Ids, job: Job, { format, text }: GivenCaptions): CaptionsFile {
  const key = captionsKey(ids.ownerHash(job.owner), job.jobId, format);
  const digest = ids.digest(text);
  const { captionsFile } = job.settings;
  const isKept = captionsFile?.key === key && captionsFile.digest === digest;
  const sizeBytes = new TextEncoder().encode(text).length;
  return { key, etag: isKept ? captionsFile.etag : '', sizeBytes, format, digest };
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
