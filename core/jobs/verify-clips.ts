import type { ObjectStore } from '../ports.ts';
import type { Clip } from './job.ts';

/** The clips that are not in the bucket exactly as they were rendered (size and ETag), or never were. */
export async function unverifiedClips(clips: ObjectStore, all: Clip[]): Promise<Clip[]> {
  const checked = await Promise.all(all.map(async (clip) => ({ clip, there: await isThere(clips, clip) })));
  return checked.filter(({ there }) => !there).map(({ clip }) => clip);
}

async function isThere(clips: ObjectStore, clip: Clip): Promise<boolean> {
  if (clip.status !== 'completed') return false;

  const object = await clips.head(clip.key);
  return object !== undefined && object.etag === clip.etag && object.sizeBytes === clip.sizeBytes;
}
