import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MediaTooLarge } from '../../failures.ts';

/** What a run may take of the machine; without a number no limit. */
export interface Room {
  /** Resident, of the one process. Not seen where there is no /proc (macOS). */
  memoryBytes?: number;
  /** Of all files in its folder together, where it has one of its own. */
  folderBytes?: number;
}

/** A bomb that grows by a gigabyte a second is seen before it has taken another half. */
const lookEachMs = 250;

/**
 * Looks again and again at what a process takes, and calls `onExceeded` once, with MediaTooLarge, when that is more
 * than it may. There is no `ulimit` without a shell, nor `prlimit` on Lambda; docs/adr/0015.
 */
export function watchRoom(
  { pid, folder }: { pid?: number; folder?: string },
  { memoryBytes = Number.POSITIVE_INFINITY, folderBytes = Number.POSITIVE_INFINITY }: Room,
  onExceeded: (failure: MediaTooLarge) => void,
): Disposable {
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  const lookLater = () => {
    timer = setTimeout(() => void look(), lookEachMs).unref();
  };
  async function look() {
    const tooMuch =
      (await residentBytes(pid)) > memoryBytes
        ? 'The recording takes more memory than there is for it.'
        : (await sizeOfFolder(folder)) > folderBytes
          ? 'What is made of the recording takes more room than there is for it.'
          : undefined;
    if (ended) return;
    if (tooMuch) onExceeded(new MediaTooLarge(tooMuch));
    else lookLater();
  }
  lookLater();
  return {
    [Symbol.dispose]() {
      ended = true;
      clearTimeout(timer);
    },
  };
}

/** https://man7.org/linux/man-pages/man5/proc_pid_status.5.html; 0 for a process that has ended. */
async function residentBytes(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}

async function sizeOfFolder(folder: string | undefined): Promise<number> {
  if (!folder) return 0;
  const names = await readdir(folder).catch(() => []);
  const sizes = names.map((name) =>
    stat(join(folder, name)).then(
      ({ size }) => size,
      () => 0, // removed while we looked
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
