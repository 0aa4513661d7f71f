import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { syncFolder } from './durable-files.ts';

const maxChunkBytes = 256 * 1024;

/** A file of bytes that never change. An object is a list of them. */
export interface Blob {
  name: string;
  sizeBytes: number;
}

/**
 * The bytes of a bucket. A blob lives as long as somebody holds it: an object, a part of an upload, a reader. So a
 * multipart upload is completed without copying, and a reader goes on after the object is overwritten or deleted.
 */
export class Blobs {
  readonly #folder: string;
  readonly #holders = new Map<string, number>();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(folder: string): Promise<Blobs> {
    await mkdir(folder, { recursive: true });
    return new Blobs(folder);
  }

  /** Answers when the bytes are durable; they are held once, by the caller. If `content` breaks off, nothing stays. */
  async write(content: AsyncIterable<Uint8Array>): Promise<Blob> {
    const name = randomUUID();
    const path = this.#path(name);
    // Opened before the content is asked for: a stream that opens by itself may do so after the file was removed.
    const file = (await open(path, 'wx')).createWriteStream({ flush: true });
    try {
      await pipeline(content, file);
      await syncFolder(dirname(path));
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    const blob = { name, sizeBytes: file.bytesWritten };
    this.hold([blob]);
    return blob;
  }

  /**
   * The bytes [start, end) of the blobs one after another. Hold them while reading. A chunk is valid until the next is
   * asked for: all are read into the same memory, since to collect new memory for each took thrice the time of reading.
   */
  async *read(blobs: Blob[], start: number, end: number): AsyncGenerator<Uint8Array> {
    const chunk = Buffer.allocUnsafeSlow(Math.min(end - start, maxChunkBytes));
    let offset = 0;
    for (const { name, sizeBytes } of blobs) {
      const [from, to] = [Math.max(start - offset, 0), Math.min(end - offset, sizeBytes)];
      if (from < to) yield* readInto(chunk, this.#path(name), from, to);
      offset += sizeBytes;
    }
  }

  hold(blobs: Blob[]): void {
    for (const { name } of blobs) this.#holders.set(name, (this.#holders.get(name) ?? 0) + 1);
  }

  async release(blobs: Blob[]): Promise<void> {
    for (const { name } of blobs) {
      const holders = (this.#holders.get(name) ?? 0) - 1;
      if (holders > 0) {
        this.#holders.set(name, holders);
      } else {
        this.#holders.delete(name);
        await rm(this.#path(name), { force: true });
      }
    }
  }

  async whileHeld<T>(blobs: Blob[], act: () => Promise<T>): Promise<T> {
    this.hold(blobs);
    try {
      return await act();
    } finally {
      await this.release(blobs);
    }
  }

  /** Removes what nobody holds: uploads that the end of the process broke off. For the start only, before any write. */
  async sweep(): Promise<void> {
    for (const name of await readdir(this.#folder)) {
      if (!this.#holders.has(name)) await rm(this.#path(name));
    }
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }
}

async function* readInto(
  chunk: Uint8Array,
  path: string,
  start: number,
  end: number,
): AsyncGenerator<Uint8Array> {
  await using file = await open(path);
  for (let position = start; position < end; ) {
    const { bytesRead } = await file.read(chunk, 0, Math.min(chunk.length, end - position), position);
    if (bytesRead === 0) throw new Error(`${path} is shorter than it was written`);
    yield chunk.subarray(0, bytesRead);
    position += bytesRead;
  }
}
