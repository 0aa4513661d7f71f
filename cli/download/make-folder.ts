import { mkdir } from 'node:fs/promises';
import { BadUsage } from '../bad-usage.ts';

/** Makes the folder that clips shall go to, if need be. Throws BadUsage where a file stands in its way. */
export async function makeFolder(path: string, option = '--download'): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    // By itself a disk says that the file exists already, as if that were what is wrong.
    if (['EEXIST', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) {
      throw new BadUsage(`${option} takes a folder, and there is a file at ${path}.`);
    }
    throw error;
  }
}
