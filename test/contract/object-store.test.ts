import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ObjectStore } from '../../core/ports/object-store.ts';
import { createS3ObjectStore } from '../../lambdas/shared/s3-object-store.ts';
import { aBucket } from '../support/local-services.ts';
import { memoryObjectStore } from '../support/memory-object-store.ts';

const adapters: Record<string, () => Promise<{ store: ObjectStore; stop: () => Promise<void> }>> = {
  'in memory': async () => ({ store: memoryObjectStore(), stop: async () => undefined }),
  'on S3': async () => {
    const { client, name, stop } = await aBucket();
    return { store: createS3ObjectStore(client, name), stop };
  },
};

describe.each(Object.entries(adapters))('an object store %s', (_name, start) => {
  const { signal } = new AbortController();
  let service: Awaited<ReturnType<typeof start>>;
  let store: ObjectStore;
  let folder: string;
  let key: string;
  let serial = 0;

  beforeAll(async () => {
    service = await start();
    store = service.store;
    folder = await mkdtemp(join(tmpdir(), 'object-store-'));
  });
  afterAll(async () => {
    await service.stop();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    serial += 1;
    key = `folder/object ${serial} ü.txt`;
  });

  async function put(content: string, options = {}) {
    const path = join(folder, 'file');
    await writeFile(path, content);
    return store.putFile(key, path, { contentType: 'text/plain', ...options });
  }

  it('keeps a file with its type and metadata', async () => {
    const { etag, created } = await put('0123456789', { metadata: { 'duration-seconds': '1.5' } });

    expect(created).toBe(true);
    expect(await store.head(key)).toEqual({
      key,
      etag,
      sizeBytes: 10,
      contentType: 'text/plain',
      lastModified: expect.stringMatching(/^\d{4}-.*Z$/),
      metadata: { 'duration-seconds': '1.5' },
    });
  });

  it('keeps bytes with their type, over what was there', async () => {
    await put('before');

    const stored = await store.putBytes(key, new TextEncoder().encode('after'), { contentType: 'video/mp4' });

    expect(stored).toMatchObject({ key, sizeBytes: 5 });
    expect(await store.head(key)).toMatchObject({ ...stored, contentType: 'video/mp4' });
  });

  it('knows of no object that is not there', async () => {
    expect(await store.head(key)).toBeUndefined();
  });

  it('reads ranges, the end excluded', async () => {
    const { etag } = await put('0123456789');
    const source = store.open({ key, etag, sizeBytes: 10 });

    const ranges = await Promise.all([
      source.read(0, 1, signal),
      source.read(3, 7, signal),
      source.read(9, 10, signal),
    ]);

    expect(ranges.map((bytes) => Buffer.from(bytes).toString())).toEqual(['0', '3456', '9']);
  });

  it('reads only the object that was meant', async () => {
    const { etag } = await put('0123456789');
    const source = store.open({ key, etag, sizeBytes: 10 });

    await put('abcdefghij');
    await expect(source.read(0, 5, signal)).rejects.toMatchObject({ name: 'SourceChanged' });

    await store.delete({ key, etag: (await store.head(key))?.etag ?? '' });
    await expect(source.read(0, 5, signal)).rejects.toMatchObject({ name: 'SourceMissing' });
  });

  it('writes once where that is asked, and answers what was there before', async () => {
    const first = await put('first', { once: true });
    const second = await put('second one', { once: true });

    expect(second).toEqual({ created: false, etag: first.etag, sizeBytes: 5 });
    expect((await store.head(key))?.sizeBytes).toBe(5);
  });

  it('writes bytes once where that is asked, and answers what was there before', async () => {
    const options = { contentType: 'text/vtt', once: true };
    const first = await store.putBytes(key, new TextEncoder().encode('first'), options);
    const second = await store.putBytes(key, new TextEncoder().encode('second one'), options);

    expect(second).toMatchObject({ key, etag: first.etag, sizeBytes: 5 });
    expect(await store.head(key)).toMatchObject({ etag: first.etag, sizeBytes: 5 });
  });

  it('deletes exactly the object that was meant', async () => {
    const old = await put('old');
    const current = await put('current');

    expect(await store.delete({ key, etag: old.etag })).toBe('changed');
    expect(await store.head(key)).toBeDefined();
    expect(await store.delete({ key, etag: current.etag })).toBe('deleted');
    expect(await store.delete({ key, etag: current.etag })).toBe('missing');
  });
});
