import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Checksum } from '../payload/checksums.ts';
import { S3Error } from '../s3-error.ts';
import type { Blob, Blobs } from './blobs.ts';
import { readJsonFiles, removeFile, syncFolder, writeJson } from './durable-files.ts';
import { Locks } from './locks.ts';
import type { Description } from './objects.ts';

export interface Part {
  /** 1–10,000 */
  number: number;
  etag: string;
  checksum?: Checksum;
  lastModifiedMs: number;
  blob: Blob;
}

export interface Upload {
  id: string;
  key: string;
  initiatedMs: number;
  description: Description;
}

const DESCRIPTION = 'upload.json';

/** The multipart uploads of a bucket that are under way: a folder each, with a file for the upload and one for every part. */
export class Uploads {
  readonly #folder: string;
  readonly #blobs: Blobs;
  readonly #byId = new Map<string, { upload: Upload; parts: Map<number, Part> }>();
  readonly #locks = new Locks();

  private constructor(folder: string, blobs: Blobs) {
    this.#folder = folder;
    this.#blobs = blobs;
  }

  static async open(folder: string, blobs: Blobs): Promise<Uploads> {
    await mkdir(folder, { recursive: true });
    const uploads = new Uploads(folder, blobs);
    for (const id of await readdir(folder)) await uploads.#load(join(folder, id));
    return uploads;
  }

  all(): Upload[] {
    return [...this.#byId.values()].map(({ upload }) => upload);
  }

  async create(key: string, description: Description, initiatedMs: number): Promise<Upload> {
    const upload = { id: randomBytes(32).toString('base64url'), key, initiatedMs, description };
    await mkdir(join(this.#folder, upload.id));
    await writeJson(join(this.#folder, upload.id, DESCRIPTION), upload);
    await syncFolder(this.#folder);
    this.#byId.set(upload.id, { upload, parts: new Map() });
    return upload;
  }

  /** Throws NoSuchUpload. */
  get(key: string, id: string): Upload {
    return this.#entry(key, id).upload;
  }

  /** By their numbers. */
  parts({ key, id }: Upload): Part[] {
    return [...this.#entry(key, id).parts.values()].sort((a, b) => a.number - b.number);
  }

  /** Takes over the caller's hold on the blob, in place of an earlier part of that number. */
  async putPart(upload: Upload, part: Part): Promise<void> {
    await this.#locks.run(upload.id, async () => {
      try {
        const { parts } = this.#entry(upload.key, upload.id);
        await writeJson(join(this.#folder, upload.id, `${part.number}.part.json`), part);
        const replaced = parts.get(part.number);
        parts.set(part.number, part);
        if (replaced) await this.#blobs.release([replaced.blob]);
      } catch (error) {
        await this.#blobs.release([part.blob]);
        throw error;
      }
    });
  }

  /** Ends an upload: after `act` succeeded it and its parts are gone. Nobody adds a part, completes or aborts it meanwhile. */
  async end(upload: Upload, act: (parts: Part[]) => Promise<void> = async () => {}): Promise<void> {
    await this.#locks.run(upload.id, async () => {
      const parts = this.parts(upload);
      await act(parts);
      this.#byId.delete(upload.id);
      await removeFile(join(this.#folder, upload.id, DESCRIPTION)); // first, since without it there is no upload
      await rm(join(this.#folder, upload.id), { recursive: true });
      await this.#blobs.release(parts.map(({ blob }) => blob));
    });
  }

  #entry(key: string, id: string) {
    const entry = this.#byId.get(id);
    if (entry?.upload.key === key) return entry;
    throw new S3Error(
      'NoSuchUpload',
      'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
      { UploadId: id },
    );
  }

  async #load(folder: string): Promise<void> {
    const files = await readJsonFiles<Upload | Part>(folder);
    const upload = files.find((file): file is Upload => 'id' in file);
    const parts = files.filter((file): file is Part => 'number' in file);
    if (!upload) {
      await rm(folder, { recursive: true });
      return;
    }
    this.#byId.set(upload.id, { upload, parts: new Map(parts.map((part) => [part.number, part])) });
    this.#blobs.hold(parts.map(({ blob }) => blob));
  }
}
