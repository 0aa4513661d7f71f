import { createHash, randomUUID } from 'node:crypto';
import type { MultipartUpload, MultipartUploads, UploadedPart } from '../../core/ports/uploads.ts';
import type { memoryObjectStore } from './memory-object-store.ts';

interface Begun extends MultipartUpload {
  contentType: string;
  parts: Map<number, Buffer>;
}

/** Uploads in parts into a bucket in memory: the same contract suite runs on it and on S3. */
export function memoryMultipartUploads(objects: ReturnType<typeof memoryObjectStore>) {
  const begun = new Map<string, Begun>();
  const find = ({ key, uploadId }: MultipartUpload) => {
    const upload = begun.get(uploadId);
    return upload?.key === key ? upload : undefined;
  };
  const listed = ({ parts }: Begun): UploadedPart[] =>
    [...parts]
      .map(([partNumber, bytes]) => ({ partNumber, etag: md5(bytes), sizeBytes: bytes.length }))
      .sort((a, b) => a.partNumber - b.partNumber);

  const uploads: MultipartUploads = {
    async begin({ key, contentType }) {
      const uploadId = randomUUID();
      begun.set(uploadId, { key, uploadId, contentType, parts: new Map() });
      return { key, uploadId };
    },
    async listParts(upload) {
      const found = find(upload);
      return found && listed(found);
    },
    async complete(upload, parts) {
      const found = find(upload);
      if (!found || objects.keys().includes(upload.key)) return { outcome: 'not-made' };
      const same = parts.every((part) => md5(found.parts.get(part.partNumber)) === part.etag);
      if (!same) return { outcome: 'parts-changed' };

      const bytes = Buffer.concat(parts.map(({ partNumber }) => found.parts.get(partNumber) as Buffer));
      const { etag } = objects.put(upload.key, bytes, { contentType: found.contentType });
      begun.delete(upload.uploadId);
      return { outcome: 'made', etag };
    },
    async abort(upload) {
      if (find(upload)) begun.delete(upload.uploadId);
    },
  };

  return {
    ...uploads,
    /** As a client PUTs it; answers its ETag. */
    sendPart(upload: MultipartUpload, partNumber: number, content: string | Uint8Array): string {
      const bytes = Buffer.from(content);
      find(upload)?.parts.set(partNumber, bytes);
      return md5(bytes);
    },
    open: () => [...begun.keys()],
  };
}

function md5(bytes: Uint8Array = Buffer.of()): string {
  return createHash('md5').update(bytes).digest('hex');
}
