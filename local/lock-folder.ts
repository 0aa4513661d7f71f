import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Another cloud keeps its state in this folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

/**
 * Takes the folder for this process and answers how to give it back. A lock whose holder was killed is taken over.
 * Throws FolderInUse.
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'lock');
  const own = `${path}.${process.pid}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(own, holder(process.pid)!);
  try {
    while (!linked(own, path)) takeOver(path);
  } finally {
    rmSync(own, { force: true });
  }
  return () => rmSync(path, { force: true });
}

/** A link is made whole or not at all, and never over another one. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function takeOver(path: string): void {
  const found = readIfThere(path);
  if (found === undefined) return;
  const pid = Number.parseInt(found, 10);
  if (holder(pid) === found)
    throw new FolderInUse(`Another Clipwright (process ${pid}) runs on ${path.replace(/\/lock$/, '')}`);
  const stale = `${path}.stale`;
  renameSync(path, stale); // of several that come at once, one moves it away and the others look again
  rmSync(stale, { force: true });
}

/** Who a process is: its id, and when it started, for ids are used again. Undefined if there is none. */
function holder(pid: number): string | undefined {
  const stat = readIfThere(`/proc/${pid}/stat`);
  if (stat !== undefined) return `${pid} ${stat.slice(stat.lastIndexOf(')')).split(' ')[20]}`;
  try {
    process.kill(pid, 0);
    return `${pid}`;
  } catch {
    return undefined;
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
