import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startCloud } from '../cloud.ts';

export interface ConnectedCloud {
  apiUrl: string;
  /** Stops it if it was started here. */
  stop(): Promise<void>;
}

const recordPath = join(import.meta.dirname, '../../.clipwright/cloud.json');

/** The cloud of this machine: the one that runs already, or one started for the demo. */
export async function connectCloud(say: (line: string) => void): Promise<ConnectedCloud> {
  const running = await runningCloud();
  if (running) {
    say(`Using the cloud that runs at ${running.apiUrl}`);
    return { apiUrl: running.apiUrl, stop: async () => undefined };
  }
  say('Starting the cloud on this machine …');
  return startCloud();
}

async function runningCloud(): Promise<{ apiUrl: string } | undefined> {
  try {
    const { pid, apiUrl } = JSON.parse(await readFile(recordPath, 'utf8'));
    // Both: a killed cloud leaves its record, and its port may be somebody else's by now.
    process.kill(pid, 0);
    const health = await fetch(`${apiUrl}/api/health`, { signal: AbortSignal.timeout(2000) });
    return health.ok ? { apiUrl } : undefined;
  } catch {
    return undefined;
  }
}
