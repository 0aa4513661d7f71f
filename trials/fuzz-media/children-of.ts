import { readdirSync, readFileSync } from 'node:fs';

/** Names of the programs that a process started and that still run; none where there is no /proc to tell (macOS). */
export function childrenOf(pid: number): string[] {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const pids = threads.flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean),
    );
    return pids.flatMap((child) => nameOf(child));
  } catch {
    return [];
  }
}

function nameOf(pid: string): string[] {
  try {
    return [readFileSync(`/proc/${pid}/comm`, 'utf8').trim()];
  } catch {
    return []; // it ended while we looked
  }
}
