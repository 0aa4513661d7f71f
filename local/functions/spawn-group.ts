import { type ChildProcess, spawn } from 'node:child_process';

/**
 * A second branch of the group waits for the end of descriptor 3, which the cloud holds open. If the cloud goes,
 * even by SIGKILL, that branch kills the group: the function, however busy, and whatever it started.
 */
const dieWithTheCloud = '(read -r _ <&3; kill -KILL 0) >/dev/null 2>&1 & exec "$@" 3<&-';

export interface GroupSettings {
  cwd: string;
  /** The whole environment: nothing is inherited. */
  variables: Record<string, string>;
}

/** Starts a command as the leader of a group of its own. Its stdout and stderr are pipes. */
export function spawnGroup(command: string[], { cwd, variables }: GroupSettings): ChildProcess {
  return spawn('/bin/sh', ['-c', dieWithTheCloud, 'sh', ...command], {
    cwd,
    env: variables,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
}

/** Kills all that `spawnGroup` started, grandchildren too. Right also after the leader has gone. */
export function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
