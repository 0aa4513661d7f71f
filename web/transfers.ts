import type { UploadFile, Uploads } from './uploads.ts';

/** Where the uploads are, taken together. */
export interface Transfers {
  state: 'none' | 'uploading' | 'paused' | 'waiting' | 'failed' | 'ghosts';
  files: UploadFile[];
  bytesSent: number;
  bytesTotal: number;
  /** Of the first file that failed for good. */
  error?: string;
}

/** Reads it from Uppy. Files that are only chosen, and those that are finished, are not under way. */
export function readTransfers(uppy: Uploads, isWaiting: (fileId: string) => boolean): Transfers {
  const files = uppy.getFiles().filter(({ progress }) => progress.uploadStarted && !progress.uploadComplete);
  const sum = (of: (file: UploadFile) => number) => files.reduce((total, file) => total + of(file), 0);
  const failed = files.find(({ id, error }) => error && !isWaiting(id));
  return {
    state: stateOf(files, failed, isWaiting),
    files,
    bytesSent: sum(({ progress }) => progress.bytesUploaded || 0),
    bytesTotal: sum(({ size }) => size ?? 0),
    error: failed?.error ?? undefined,
  };
}

function stateOf(
  files: UploadFile[],
  failed: UploadFile | undefined,
  isWaiting: (fileId: string) => boolean,
): Transfers['state'] {
  if (files.length === 0) return 'none';
  if (files.some(({ isGhost }) => isGhost)) return 'ghosts';
  if (failed) return 'failed';
  if (files.every(({ id }) => isWaiting(id))) return 'waiting';
  if (files.every(({ isPaused, error }) => isPaused || error)) return 'paused';
  // Uppy waits for the connection by itself between two parts, and says nothing of it.
  return navigator.onLine ? 'uploading' : 'waiting';
}
