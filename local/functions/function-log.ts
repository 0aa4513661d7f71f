import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Ten times what a long session writes; one older file of the same size is kept. */
const maxBytes = 5 * 1024 * 1024;

export interface FunctionLog {
  /** Never throws: what is logged goes on though the disk is full or the folder was removed. */
  write(chunk: Buffer | string): void;
}

/** A log file that never grows beyond 5 MiB: the full one becomes `<path>.1`. Written at once, so that a crash loses nothing. */
export function openLog(path: string): FunctionLog {
  mkdirSync(dirname(path), { recursive: true });
  let sizeBytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;

  return {
    write(chunk) {
      try {
        if (sizeBytes + chunk.length > maxBytes && sizeBytes > 0) {
          renameSync(path, `${path}.1`);
          sizeBytes = 0;
        }
        appendFileSync(path, chunk);
        sizeBytes += Buffer.byteLength(chunk);
      } catch (error) {
        console.error(`${path} can't be written: ${(error as Error).message}`);
      }
    },
  };
}
