import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { NoConnection } from '../api/no-connection.ts';
import { retrying, TransientFailure } from '../retrying.ts';

/** A clip did not come. */
export class DownloadFailed extends Error {
  override readonly name = 'DownloadFailed';
}

const attempts = 6;

/**
 * Downloads to a file that is there complete or not at all, and tries again while the network or the storage fail.
 * Messages name the file and the host, never the URL: it is signed.
 */
export async function download(url: string, path: string, signal: AbortSignal): Promise<void> {
  const partial = `${path}.part`;
  try {
    await retrying(() => fetchTo(url, partial, path, signal), { signal, attempts });
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
}

async function fetchTo(url: string, partial: string, path: string, signal: AbortSignal): Promise<void> {
  const response = await fetch(url, { signal }).catch((cause) => {
    throw new NoConnection(new URL(url).host, cause);
  });
  if (!response.ok || !response.body) {
    const failure = `${path}: the download was answered ${response.status}`;
    throw response.status >= 500 ? new TransientFailure(failure) : new DownloadFailed(failure);
  }
  await pipeline(response.body, createWriteStream(partial), { signal }).catch((error: Error) => {
    // The disk's failures name a path, and don't pass by themselves.
    if ('path' in error || ('syscall' in error && error.syscall === 'write')) throw error;
    throw new NoConnection(new URL(url).host, error);
  });
}
