import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { SourceChanged, SourceMissing } from '../../core/failures.ts';
import type { ByteSource } from '../../core/media/types.ts';
import type { ObjectFacts, ObjectStore } from '../../core/ports/object-store.ts';
import { retryFresh } from './retry-fresh.ts';
import { hasStatus, quoted, unquoted } from './s3-answers.ts';

/** One bucket of S3 as an object store. */
export function createS3ObjectStore(s3: S3Client, Bucket: string): ObjectStore {
  async function head(Key: string): Promise<ObjectFacts | undefined> {
    try {
      const answer = await s3.send(new HeadObjectCommand({ Bucket, Key }));
      return {
        key: Key,
        etag: unquoted(answer.ETag),
        sizeBytes: answer.ContentLength ?? 0,
        contentType: answer.ContentType,
        lastModified: (answer.LastModified ?? new Date(0)).toISOString(),
        metadata: answer.Metadata ?? {},
      };
    } catch (error) {
      if (hasStatus(error, 404)) return undefined;
      throw error;
    }
  }

  return {
    head,

    open({ key, etag, sizeBytes }): ByteSource {
      return {
        sizeBytes,
        async read(start, end, signal, room = Buffer.allocUnsafeSlow(end - start)) {
          try {
            const Range = `bytes=${start}-${end - 1}`;
            const command = new GetObjectCommand({ Bucket, Key: key, Range, IfMatch: quoted(etag) });
            const { Body } = await s3.send(command, { abortSignal: signal });
            return await readInto(room, Body as Readable);
          } catch (error) {
            if (hasStatus(error, 412))
              throw new SourceChanged('The file was replaced after the job had started.');
            if (hasStatus(error, 404)) throw new SourceMissing('The file is no longer there.');
            throw error;
          }
        },
      };
    },

    async putFile(Key, path, { contentType, metadata, once }) {
      const sizeBytes = (await stat(path)).size;
      const put = () =>
        s3.send(
          new PutObjectCommand({
            Bucket,
            Key,
            Body: createReadStream(path),
            ContentLength: sizeBytes,
            ContentType: contentType,
            Metadata: metadata,
            ...(once && { IfNoneMatch: '*' }),
          }),
        );
      try {
        // The SDK sends a stream once only, and rendering again would cost far more.
        const { ETag } = await retryFresh(put);
        return { created: true, etag: unquoted(ETag), sizeBytes };
      } catch (error) {
        const existing = hasStatus(error, 412) ? await head(Key) : undefined;
        if (!existing) throw error;
        return { created: false, etag: existing.etag, sizeBytes: existing.sizeBytes };
      }
    },

    async putBytes(key, content, { contentType, once }) {
      const put = () =>
        s3.send(
          new PutObjectCommand({
            Bucket,
            Key: key,
            Body: content,
            ContentType: contentType,
            ...(once && { IfNoneMatch: '*' }),
          }),
        );
      try {
        const { ETag } = await retryFresh(put);
        return { key, etag: unquoted(ETag), sizeBytes: content.length };
      } catch (error) {
        const existing = once && hasStatus(error, 412) ? await head(key) : undefined;
        if (!existing) throw error;
        return existing;
      }
    },

    async delete({ key, etag }) {
      try {
        await s3.send(new DeleteObjectCommand({ Bucket, Key: key, IfMatch: quoted(etag) }));
        return 'deleted';
      } catch (error) {
        if (hasStatus(error, 404)) return 'missing';
        if (hasStatus(error, 412)) return 'changed';
        throw error;
      }
    },
  };
}

/** Puts each byte at once where it stays: the SDK's own way keeps all chunks, then copies them, for twice the memory. */
async function readInto(room: Uint8Array, body: Readable): Promise<Uint8Array> {
  let filled = 0;
  for await (const chunk of body) {
    room.set(chunk, filled);
    filled += chunk.length;
  }
  return room.subarray(0, filled);
}
