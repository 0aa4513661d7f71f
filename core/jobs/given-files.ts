import type { PngPicture } from '../media/picture/read-png.ts';
import type { Ids } from '../ports/ids.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { captionsKey, watermarkKey } from '../uploads/keys.ts';
import type { GivenCaptions } from './captions-file.ts';
import type { Job, JobSettings } from './job.ts';

/** What may come within a request beside the settings, too large for a record. */
export interface GivenFiles {
  captions?: GivenCaptions;
  watermark?: PngPicture;
}

/** One of them where it is kept, beside the audio and as long as that. */
export interface KeptFile {
  key: string;
  etag: string;
  sizeBytes: number;
  /** Tells the same content from another. */
  digest: string;
}

type KeptFiles = Pick<JobSettings, 'captionsFile' | 'watermark'>;

const contentTypes = { srt: 'application/x-subrip', vtt: 'text/vtt', png: 'image/png' } as const;

/**
 * Stores what was given where the job's files belong; what is there already stays as it is. To be called before the
 * job is started: what runs reads nothing else than what it was started with.
 */
export async function storeGiven(
  { uploads, ids }: { uploads: Pick<ObjectStore, 'putBytes'>; ids: Ids },
  job: Job,
  given: GivenFiles,
): Promise<KeptFiles> {
  const { captionsFile, watermark } = describeGiven(ids, job, given);
  const stored = async <F extends KeptFile>(
    file: F,
    content: Uint8Array,
    contentType: string,
  ): Promise<F> => {
    if (file.etag) return file;
    const { etag } = await uploads.putBytes(file.key, content, { contentType });
    return { ...file, etag };
  };
  return {
    captionsFile:
      captionsFile &&
      (await stored(captionsFile, utf8(given.captions!.text), contentTypes[captionsFile.format])),
    watermark: watermark && (await stored(watermark, given.watermark!.png, contentTypes.png)),
  };
}

/** What would be stored; without an ETag where the job doesn't have this very content. */
export function describeGiven(ids: Ids, job: Job, { captions, watermark }: GivenFiles): KeptFiles {
  const { jobId, settings } = job;
  const ownerHash = ids.ownerHash(job.owner);
  const described = (key: string, content: Uint8Array, kept: KeptFile | undefined): KeptFile => {
    const digest = ids.digest(content);
    const isKept = kept?.key === key && kept.digest === digest;
    return { key, etag: isKept ? kept.etag : '', sizeBytes: content.length, digest };
  };
  return {
    captionsFile: captions && {
      ...described(
        captionsKey(ownerHash, jobId, captions.format),
        utf8(captions.text),
        settings.captionsFile,
      ),
      format: captions.format,
    },
    watermark: watermark && described(watermarkKey(ownerHash, jobId), watermark.png, settings.watermark),
  };
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
