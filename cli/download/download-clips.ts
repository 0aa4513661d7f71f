import { join } from 'node:path';
import type { ClipAnswer, ClipFile } from '../api/wire-types.ts';
import { clipFilename, slug } from './clip-filename.ts';
import { download } from './download.ts';

export interface MadeClip {
  /** Of its first shape, as the poster. */
  clipPath: string;
  posterPath: string;
  /** All files, those two among them. */
  files: MadeFile[];
  clip: ClipAnswer;
}

export type MadeFile = Omit<ClipFile, 'url'> & { path: string };

/**
 * Downloads the clips of the recording `file`, each with all its files, into `outFolder`, which is there, one after
 * the other. `onDone` gets the share that is there, 0–1.
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
    const files: MadeFile[] = [];
    for (const { url, ...described } of filesOf(clip)) {
      const filePath = path + suffixOf(described, clip);
      await download(url, filePath, signal);
      files.push({ ...described, path: filePath });
    }
    made.push({ clipPath: `${path}.mp4`, posterPath: `${path}.jpg`, files, clip });
    onDone?.(made.length / clips.length);
  }
  return made;
}

/** Clips of before there were shapes have two files, which are not listed. */
function filesOf({ files, video_url, poster_url }: ClipAnswer): ClipFile[] {
  if (files.length > 0) return files;
  const source = { shape: 'source', fit: null };
  return [
    { kind: 'video', format: 'mp4', ...source, url: video_url },
    { kind: 'poster', format: 'jpg', ...source, url: poster_url },
  ];
}

/** The first shape goes without its name, and so do captions, which go with every shape. */
function suffixOf(
  { kind, format, shape, fit }: Omit<ClipFile, 'url'>,
  { files: [first] }: ClipAnswer,
): string {
  const isFirst = !first || (shape === first.shape && fit === first.fit);
  const variant = kind === 'captions' || isFirst ? '' : `-${slug([shape, fit].filter(Boolean).join('-'))}`;
  return `${variant}.${slug(format)}`;
}
