import { settleLostUpload } from './lost-upload.ts';
import { ApiProblem, isTransient } from './problem.ts';
import type { Uploads } from './uploads.ts';

const pausesSeconds = [1, 2, 5, 10, 20, 40, 60];

/**
 * Takes an upload that broke off up again: when the connection is back, or after ever longer pauses. A try that
 * brought a part home counts anew. What the API refuses for good is left to the person, who sees why.
 * `isWaiting` tells whether a failed upload goes on by itself.
 */
export function keepTrying(uppy: Uploads): { isWaiting(fileId: string): boolean } {
  const tries = new Map<string, number>();
  const waiting = new Map<string, () => void>();

  function goOnLater(fileId: string, pauseSeconds: number): void {
    const goOn = () => {
      waiting.get(fileId)?.();
      if (!navigator.onLine) return goOnLater(fileId, pauseSeconds);
      waiting.delete(fileId);
      if (uppy.getFile(fileId)?.error) void uppy.retryUpload(fileId);
    };
    const timer = navigator.onLine ? setTimeout(goOn, pauseSeconds * 1000) : undefined;
    addEventListener('online', goOn);
    waiting.set(fileId, () => {
      clearTimeout(timer);
      removeEventListener('online', goOn);
    });
  }

  function stopWaiting(fileId: string): void {
    waiting.get(fileId)?.();
    waiting.delete(fileId);
  }

  uppy.on('upload-error', (file, error) => {
    if (!file) return;
    stopWaiting(file.id);
    if (error instanceof ApiProblem && error.code === 'upload-not-found')
      return void settleLostUpload(uppy, file).catch(() => {});
    if (!isTransient(error)) return;

    const tried = tries.get(file.id) ?? 0;
    const pauseSeconds = pausesSeconds[tried];
    if (pauseSeconds === undefined) return void tries.delete(file.id);
    tries.set(file.id, navigator.onLine ? tried + 1 : tried);
    goOnLater(file.id, pauseSeconds);
  });
  uppy.on('s3-multipart:part-uploaded', (file) => void tries.delete(file.id));
  uppy.on('upload-retry', (file) => file && stopWaiting(file.id));
  uppy.on('retry-all', (files) => files.forEach((file) => void stopWaiting(file.id)));
  uppy.on('file-removed', (file) => {
    tries.delete(file.id);
    stopWaiting(file.id);
  });
  return { isWaiting: (fileId) => waiting.has(fileId) };
}
