import GoldenRetriever from '@uppy/golden-retriever';
import { api } from './api.ts';
import type { Uploads } from './uploads.ts';

/**
 * Brings back what was going up when the page was closed or reloaded. Small files are kept by the browser and go on at
 * once; of large ones only the place is known ("ghosts"): they go on when the person has chosen them again.
 * One tab at a time does so: two that restore the same upload would send it twice.
 */
export function restoreUploads(uppy: Uploads): void {
  if (!navigator.locks) restore(uppy);
  // Optional: plain http has no locks.
  void navigator.locks?.request('clipwright-uploads', () => {
    // Got only when another tab was closed, and busy meanwhile: restoring would take the place of what is here.
    if (uppy.getFiles().length > 0) return;
    restore(uppy);
    return new Promise<void>(() => {});
  });
}

function restore(uppy: Uploads): void {
  const goOn = () => {
    const { recoveredState, currentUploads } = uppy.getState();
    const ghosts = uppy.getFiles().some(({ isGhost }) => isGhost);
    if (recoveredState && !ghosts && Object.keys(currentUploads).length > 0) uppy.emit('restore-confirmed');
  };
  uppy.on('restored', goOn);
  uppy.on('files-added', goOn);
  // No uploader holds a ghost or a failed file, so none tells the API that it was given up.
  uppy.on('file-removed', ({ isGhost, error, progress, ...file }) => {
    const upload = 's3Multipart' in file ? file.s3Multipart : undefined;
    if (upload && !progress.uploadComplete && (isGhost || error))
      void api.abortUpload(upload).catch(() => {});
  });
  uppy.use(GoldenRetriever);
}
