import type { Watermark } from '../media/clip/clip-look.ts';
import { readPng } from '../media/picture/read-png.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { JobSettings } from './job.ts';

/**
 * What is drawn over a job's clips.
 * @throws SourceChanged, SourceMissing if the image is not that of the job, or is gone
 */
export async function readWatermark(
  uploads: Pick<ObjectStore, 'open'>,
  { watermark, watermarkPosition = 'top_right' }: Pick<JobSettings, 'watermark' | 'watermarkPosition'>,
  signal: AbortSignal,
): Promise<Watermark | undefined> {
  if (!watermark) return undefined;
  const bytes = await uploads.open(watermark).read(0, watermark.sizeBytes, signal);
  return { picture: readPng(bytes), position: watermarkPosition };
}
