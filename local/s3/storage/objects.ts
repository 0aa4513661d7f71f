import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Checksum } from '../payload/checksums.ts';
import type { Blob, Blobs } from './blobs.ts';
import { readJsonFiles, removeFile, writeJson } from './durable-files.ts';
import { Locks } from './locks.ts';

/** What the client says of an object, kept as given. Text, not the bytes of a header. */
export interface Description {
  /** By their lowercase names: `content-type`, `cache-control`, … */
  headers: Record<string, string>;
  /** Without `x-amz-meta-`. */
  metadata: Record<string, string>;
}

export interface StoredObject extends Description {
  key: string;
  sizeBytes: number;
  /** Without quotes. */
  etag: string;
  checksum?: Checksum;
  lastModifiedMs: number;
  /** Orders the changes of a key: the greater text is the later one. */
  sequencer: string;
  blobs: Blob[];
}

export interface Change {
  kind: 'created' | 'deleted';
  /** As it is now; if deleted, as it was, with the sequencer of its end. */
  object: StoredObject;
}

/** The request that makes a change, as events tell of it. */
export interface Origin {
  reason: 'PutObject' | 'POST Object' | 'CopyObject' | 'CompleteMultipartUpload' | 'DeleteObject';
  requestId: string;
  sourceIp: string;
}

/** Throws if the change must not be made, given what is there now. Asked while nothing else can change the key. */
export type Precondition = (current: StoredObject | undefined) => void;

/** Makes a change by running `commit`, and makes it known. */
export type Announce = (change: Change, origin: Origin, commit: () => Promise<void>) => Promise<void>;

/** The objects of a bucket: all in memory, and a file each, named by the hash of the key since keys may be anything. */
export class Objects {
  readonly #folder: string;
  readonly #blobs: Blobs;
  readonly #announce: Announce;
  readonly #byKey = new Map<string, StoredObject>();
  readonly #locks = new Locks();
  #lastSequence = 0;

  private constructor(folder: string, blobs: Blobs, announce: Announce) {
    this.#folder = folder;
    this.#blobs = blobs;
    this.#announce = announce;
  }

  static async open(folder: string, blobs: Blobs, announce: Announce): Promise<Objects> {
    await mkdir(folder, { recursive: true });
    const objects = new Objects(folder, blobs, announce);
    for (const object of await readJsonFiles<StoredObject>(folder)) {
      objects.#byKey.set(object.key, object);
      objects.#lastSequence = Math.max(objects.#lastSequence, Number.parseInt(object.sequencer, 16));
      blobs.hold(object.blobs);
    }
    return objects;
  }

  get(key: string): StoredObject | undefined {
    return this.#byKey.get(key);
  }

  all(): StoredObject[] {
    return [...this.#byKey.values()];
  }

  /** Takes over the caller's hold on the blobs; lets go of them if the object can't be put. */
  async put(
    draft: Omit<StoredObject, 'sequencer'>,
    origin: Origin,
    precondition: Precondition,
  ): Promise<void> {
    await this.#locks.run(draft.key, async () => {
      const replaced = this.#byKey.get(draft.key);
      const object = { ...draft, sequencer: this.#nextSequencer() };
      try {
        precondition(replaced);
        await this.#announce({ kind: 'created', object }, origin, async () => {
          await writeJson(this.#path(object.key), object);
          this.#byKey.set(object.key, object);
        });
      } catch (error) {
        await this.#blobs.release(object.blobs);
        throw error;
      }
      await this.#blobs.release(replaced?.blobs ?? []);
    });
  }

  async delete(key: string, origin: Origin, precondition: Precondition): Promise<void> {
    await this.#locks.run(key, async () => {
      const deleted = this.#byKey.get(key);
      precondition(deleted);
      if (!deleted) return;
      const object = { ...deleted, sequencer: this.#nextSequencer() };
      await this.#announce({ kind: 'deleted', object }, origin, async () => {
        await removeFile(this.#path(key));
        this.#byKey.delete(key);
      });
      await this.#blobs.release(deleted.blobs);
    });
  }

  /** From the clock, so that it grows over restarts too; by one where the clock stands still or goes back. */
  #nextSequencer(): string {
    this.#lastSequence = Math.max(this.#lastSequence + 1, Date.now() * 1000);
    return this.#lastSequence.toString(16).toUpperCase().padStart(16, '0');
  }

  #path(key: string): string {
    return join(this.#folder, `${createHash('sha256').update(key).digest('hex')}.json`);
  }
}
