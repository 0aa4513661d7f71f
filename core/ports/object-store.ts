import type { ByteSource } from '../media/types.ts';

export interface ObjectFacts {
  key: string;
  etag: string;
  sizeBytes: number;
  contentType?: string;
  /** ISO 8601; S3 knows it to the second. */
  lastModified: string;
  /** The user metadata, `x-amz-meta-…` without the prefix. */
  metadata: Record<string, string>;
}

export type StoredObject = Pick<ObjectFacts, 'key' | 'etag' | 'sizeBytes'>;

/** One bucket. ETags are without quotes. */
export interface ObjectStore {
  /** Undefined if there is no such object. */
  head(key: string): Promise<ObjectFacts | undefined>;
  /** Reads demand this ETag: SourceChanged if it is another object now, SourceMissing if there is none. */
  open(object: { key: string; etag: string; sizeBytes: number }): ByteSource;
  /** Writes a file. With `once` an object that is there already is left alone, and `created` is false. */
  putFile(
    key: string,
    path: string,
    options: { contentType: string; metadata?: Record<string, string>; once?: boolean },
  ): Promise<{ created: boolean; etag: string; sizeBytes: number }>;
  /** Writes what is small enough to be in memory; `once` as above. */
  putBytes(
    key: string,
    content: Uint8Array,
    options: { contentType: string; once?: boolean },
  ): Promise<StoredObject>;
  /** Deletes exactly this object; `changed` (nothing deleted) if another one stands there now. */
  delete(object: { key: string; etag: string }): Promise<'deleted' | 'missing' | 'changed'>;
}
