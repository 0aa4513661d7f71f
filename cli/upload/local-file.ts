import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { BadUsage } from '../bad-usage.ts';
import { UploadFailed } from './upload-failed.ts';

/** A file as it was when its upload began. */
export interface LocalFile {
  /** As it was typed, for people. */
  path: string;
  /** Without links: the same file has one, from wherever it is named. */
  realPath: string;
  sizeBytes: number;
  modifiedMs: number;
}

/** Throws BadUsage for what can't be uploaded. */
export async function openLocalFile(path: string): Promise<LocalFile> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => error);
  if (!('isFile' in found)) {
    throw new BadUsage(
      found.code === 'ENOENT' ? `There is no file ${path}.` : `${path} can't be read: ${found.code}`,
    );
  }
  if (!found.isFile()) throw new BadUsage(`${path} is not a file.`);
  if (found.size === 0) throw new BadUsage(`${path} is empty.`);
  return { path, realPath: await realpath(path), sizeBytes: found.size, modifiedMs: found.mtimeMs };
}

/** Throws UploadFailed where the file is no longer what it was: its parts would be of two recordings. */
export async function requireUnchanged({ path, sizeBytes, modifiedMs }: LocalFile): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found?.size !== sizeBytes || found.mtimeMs !== modifiedMs) throw changed(path);
}

/** The bytes [start, end). Throws UploadFailed where the file has become too short, or can't be read. */
export async function* readRange(path: string, start: number, end: number): AsyncGenerator<Buffer> {
  let readBytes = 0;
  try {
    for await (const chunk of createReadStream(path, { start, end: end - 1, highWaterMark: 256 * 1024 })) {
      readBytes += chunk.length;
      yield chunk;
    }
  } catch (error) {
    throw new UploadFailed(`${path} can't be read: ${(error as Error).message}`, { cause: error });
  }
  if (readBytes < end - start) throw changed(path);
}

function changed(path: string): UploadFailed {
  return new UploadFailed(
    `${path} changed while it was uploaded. Once it is complete, run the same command again.`,
  );
}
