import { resolve } from 'node:path';
import type { MadeClip, MadeFile } from '../download/download-clips.ts';

/** The files that a clip is told by: a poster goes without saying. */
export function shownFiles({ files }: MadeClip): MadeFile[] {
  return files.filter(({ kind }) => kind !== 'poster');
}

/** A file for scripts. */
export function fileValue({ path, kind, format, shape, fit }: MadeFile) {
  return { file: resolve(path), kind, format, shape, fit };
}
