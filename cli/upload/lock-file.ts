import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';

/** Another process holds the lock. */
export class Locked extends Error {
  override readonly name = 'Locked';
}

const heartbeatMs = 5000;
/** After so long without a heartbeat the holder is gone, even if its process id is somebody else's by now. */
const deadAfterMs = 60_000;

/** Takes a lock for this process and answers how to give it back; that of a killed process is taken over. Throws Locked. */
export async function lockFile(path: string): Promise<() => Promise<void>> {
  while (!(await created(path))) {
    const holder = await livingHolder(path);
    if (holder !== undefined) throw new Locked(`process ${holder}`);
    await rm(path, { force: true });
  }
  const heartbeat = setInterval(
    () => utimes(path, new Date(), new Date()).catch(() => undefined),
    heartbeatMs,
  );
  heartbeat.unref();
  return async () => {
    clearInterval(heartbeat);
    await rm(path, { force: true });
  };
}

async function created(path: string): Promise<boolean> {
  try {
    await writeFile(path, `${process.pid}`, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function livingHolder(path: string): Promise<number | undefined> {
  const found = await Promise.all([readFile(path, 'utf8'), stat(path)]).catch(() => undefined);
  if (!found) return undefined; // given back meanwhile
  const [text, { mtimeMs }] = found;
  const isFresh = Date.now() - mtimeMs < deadAfterMs;
  // Just made, and not yet written into.
  if (text === '') return isFresh ? 0 : undefined;
  return isFresh && isAlive(Number(text)) ? Number(text) : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // somebody else's, but there
  }
}
