import { join } from 'node:path';
import type { ClipAnswer } from '../api/wire-types.ts';
import { clipFilename } from './clip-filename.ts';
import { download } from './download.ts';

export interface MadeClip {
  clipPath: string;
  posterPath: string;
  clip: ClipAnswer;
}

/**
 * Downloads clips and posters of the recording `file` into `outFolder`, which is there, one after the other.
 * `onDone` gets the share that is there, 0–1.
 */
export async function downloadClips(
  clips: ClipAnswer[],
  { file, outFolder }: { file: string; outFolder: string },
  { signal, onDone }: { signal: AbortSignal; onDone?: (share: number) => void },
): Promise<MadeClip[]> {
  const highest = Math.max(...clips.map(({ clip_id }) => clip_id));
  const made: MadeClip[] = [];
  for (const clip of clips) {
    const path = join(outFolder, clipFilename(file, clip.clip_id, highest, clip.segment_title));
    const paths = { clipPath: `${path}.mp4`, posterPath: `${path}.jpg` };
    await download(clip.video_url, paths.clipPath, signal);
    await download(clip.poster_url, paths.posterPath, signal);
    made.push({ ...paths, clip });
    onDone?.(made.length / clips.length);
  }
  return made;
}
