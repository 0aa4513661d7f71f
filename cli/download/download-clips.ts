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
    const stem = join(outFolder, clipFilename(file, clip.clip_id, highest, clip.segment_title));
    const all = filesOf(clip);
    const files: MadeFile[] = [];
    for (const { url, ...described } of all) {
      const path = stem + suffixOf(described, all);
      await download(url, path, signal);
      files.push({ ...described, path });
    }
    const first = (kind: string) => files.find((one) => one.kind === kind)?.path ?? stem;
    made.push({ clipPath: first('video'), posterPath: first('poster'), files, clip });
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

/** Of several shapes each is named; captions go with every one of them. */
function suffixOf({ kind, format, shape, fit }: Omit<ClipFile, 'url'>, all: ClipFile[]): string {
  const isOnly = all.filter((one) => one.kind === kind).length === 1;
  const variant = kind === 'captions' || isOnly ? '' : `-${slug([shape, fit].filter(Boolean).join('-'))}`;
  return `${variant}.${slug(format)}`;
}
