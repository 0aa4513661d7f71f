import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { clipFilename } from './clip-filename.ts';
import { download } from './download.ts';
import type { ClipAnswer } from './wire-types.ts';

export interface MadeClip {
  clipPath: string;
  posterPath: string;
  clip: ClipAnswer;
}

/** Downloads clips and posters one after the other; `onDone` gets the share that is there. */
export async function downloadClips(
  clips: ClipAnswer[],
  folder: string,
  { signal, onDone }: { signal: AbortSignal; onDone: (share: number) => void },
): Promise<MadeClip[]> {
  if (clips.length > 0) await mkdir(folder, { recursive: true });

  const highest = Math.max(...clips.map(({ clip_id }) => clip_id));
  const made: MadeClip[] = [];
  for (const clip of clips) {
    const path = join(folder, clipFilename(clip.clip_id, highest, clip.segment_title));
    const paths = { clipPath: `${path}.mp4`, posterPath: `${path}.jpg` };
    await download(clip.video_url, paths.clipPath, signal);
    await download(clip.poster_url, paths.posterPath, signal);
    made.push({ ...paths, clip });
    onDone(made.length / clips.length);
  }
  return made;
}
