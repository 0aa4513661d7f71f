import { randomUUID } from 'node:crypto';
import { open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Names that were being written when the process ended. */
const UNFINISHED = '.unfinished';

/** Writes all or nothing, and answers when it would survive a loss of power. */
export async function writeJson(path: string, content: unknown): Promise<void> {
  const unfinished = `${path}.${randomUUID()}${UNFINISHED}`;
  const file = await open(unfinished, 'wx');
  try {
    await file.writeFile(JSON.stringify(content));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, path);
  await syncFolder(dirname(path));
}

export async function removeFile(path: string): Promise<void> {
  await rm(path, { force: true });
  await syncFolder(dirname(path));
}

/** Every JSON file of a folder, in the order of their names; removes what was left unfinished. */
export async function readJsonFiles<T>(folder: string): Promise<T[]> {
  const contents: T[] = [];
  for (const name of (await readdir(folder)).sort()) {
    const path = join(folder, name);
    if (name.endsWith(UNFINISHED)) await rm(path);
    else if (name.endsWith('.json')) contents.push(JSON.parse(await readFile(path, 'utf8')) as T);
  }
  return contents;
}

/** A new or removed name is durable only once its folder is. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
