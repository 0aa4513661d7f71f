import type { UploadFile, Uploads } from './uploads.ts';

const patienceMs = 60_000;
const lookEveryMs = 5000;

/**
 * A connection may be dead with nobody being told: the browser believes to be online and waits for minutes. What has
 * not moved for a minute is broken off and taken up again, where the last finished part ended.
 */
export function restartStalled(uppy: Uploads): void {
  const movedAt = new Map<string, number>();
  uppy.on('upload-progress', (file) => file && movedAt.set(file.id, Date.now()));

  setInterval(() => {
    for (const file of uppy.getFiles()) {
      const now = Date.now();
      if (!shouldMove(file)) movedAt.delete(file.id);
      else if (!movedAt.has(file.id)) movedAt.set(file.id, now);
      else if (now - (movedAt.get(file.id) ?? now) > patienceMs) {
        movedAt.delete(file.id);
        uppy.pauseResume(file.id);
        uppy.pauseResume(file.id);
      }
    }
  }, lookEveryMs);
}

const shouldMove = ({ progress, isPaused, isGhost, error }: UploadFile) =>
  navigator.onLine && progress.uploadStarted && !progress.uploadComplete && !isPaused && !isGhost && !error;
