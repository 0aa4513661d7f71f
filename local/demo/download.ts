import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

/** A clip did not come. */
export class DownloadFailed extends Error {
  override readonly name = 'DownloadFailed';
}

/** Downloads to a file that is there complete or not at all. DownloadFailed names the file, never the URL: it is signed. */
export async function download(url: string, path: string, signal: AbortSignal): Promise<void> {
  const partial = `${path}.part`;
  try {
    const response = await fetch(url, { signal });
    if (!response.ok || !response.body)
      throw new Error(`${path}: the download was answered ${response.status}`);
    await pipeline(response.body, createWriteStream(partial), { signal });
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
}
