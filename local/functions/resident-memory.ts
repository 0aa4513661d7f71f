import { readdirSync, readFileSync } from 'node:fs';

const pageBytes = 4096;

/**
 * Memory that a process and its descendants hold, in bytes; 0 where there is no /proc to tell (macOS).
 * https://man7.org/linux/man-pages/man5/proc.5.html
 */
export function residentBytes(pid: number): number {
  try {
    const residentPages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
    const children = readdirSync(`/proc/${pid}/task`).flatMap((threadId) =>
      readFileSync(`/proc/${pid}/task/${threadId}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
    return children.reduce((sum, child) => sum + residentBytes(child), residentPages * pageBytes);
  } catch {
    return 0; // it ended while we looked
  }
}
