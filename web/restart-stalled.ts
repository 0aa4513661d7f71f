const patienceMs = 60_000;
const lookEveryMs = 5000;

interface Transfer {
  id: string;
  progress: { uploadStarted: unknown; uploadComplete?: unknown };
  isPaused?: boolean;
  isGhost?: boolean;
  error?: string | null;
}

/** What it needs of Uppy. */
interface Transfers {
  on(event: 'upload-progress', listener: (file: { id: string } | undefined) => void): unknown;
  getFiles(): Transfer[];
  pauseResume(id: string): unknown;
}

/**
 * A connection may be dead with nobody being told: the browser believes to be online and waits for minutes. What has
 * not moved for a minute is broken off and taken up again, where the last finished part ended.
 */
export function restartStalled(uppy: Transfers, isOnline: () => boolean): void {
  const movedAt = new Map<string, number>();
  uppy.on('upload-progress', (file) => file && movedAt.set(file.id, Date.now()));

  setInterval(() => {
    for (const file of uppy.getFiles()) {
      const now = Date.now();
      if (!isOnline() || !shouldMove(file)) movedAt.delete(file.id);
      else if (!movedAt.has(file.id)) movedAt.set(file.id, now);
      else if (now - (movedAt.get(file.id) ?? now) > patienceMs) {
        movedAt.delete(file.id);
        uppy.pauseResume(file.id);
        uppy.pauseResume(file.id);
      }
    }
  }, lookEveryMs);
}

const shouldMove = ({ progress, isPaused, isGhost, error }: Transfer) =>
  progress.uploadStarted && !progress.uploadComplete && !isPaused && !isGhost && !error;
