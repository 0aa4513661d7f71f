import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { SourceChanged, SourceMissing } from '../../core/failures.ts';
import type { ObjectFacts, ObjectStore } from '../../core/ports/object-store.ts';

interface Stored extends ObjectFacts {
  bytes: Uint8Array;
}

/** A bucket in memory: the same contract suite runs on it and on S3. */
export function memoryObjectStore() {
  const objects = new Map<string, Stored>();
  let writes = 0;

  function put(key: string, content: string | Uint8Array, facts: Partial<ObjectFacts> = {}): ObjectFacts {
    const bytes = Buffer.from(content);
    const etag = createHash('md5').update(bytes).digest('hex');
    writes += 1;
    const lastModified = new Date(writes * 1000).toISOString();
    const stored = { metadata: {}, lastModified, ...facts, key, etag, sizeBytes: bytes.length, bytes };
    objects.set(key, stored);
    return stored;
  }

  const store: ObjectStore = {
    async head(key) {
      const found = objects.get(key);
      if (!found) return undefined;
      const { bytes: _, ...facts } = found;
      return facts;
    },
    open({ key, etag, sizeBytes }) {
      return {
        sizeBytes,
        async read(start, end) {
          const found = objects.get(key);
          if (!found) throw new SourceMissing('gone');
          if (found.etag !== etag) throw new SourceChanged('changed');
          return found.bytes.subarray(start, end);
        },
      };
    },
    async putFile(key, path, { contentType, metadata, once }) {
      const existing = objects.get(key);
      if (once && existing) return { created: false, etag: existing.etag, sizeBytes: existing.sizeBytes };

      const { etag, sizeBytes } = put(key, await readFile(path), { contentType, metadata: metadata ?? {} });
      return { created: true, etag, sizeBytes };
    },
    async putBytes(key, content, { contentType, once }) {
      const existing = objects.get(key);
      if (once && existing) return existing;

      const { etag, sizeBytes } = put(key, content, { contentType });
      return { key, etag, sizeBytes };
    },
    async delete({ key, etag }) {
      const found = objects.get(key);
      if (!found) return 'missing';
      if (found.etag !== etag) return 'changed';
      objects.delete(key);
      return 'deleted';
    },
  };
  return { ...store, put, keys: () => [...objects.keys()].sort() };
}
