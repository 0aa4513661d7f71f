import { randomBytes } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ObjectStore } from '../../core/ports/object-store.ts';
import type { MultipartUpload, MultipartUploads } from '../../core/ports/uploads.ts';
import { createS3MultipartUploads } from '../../lambdas/shared/s3-multipart-uploads.ts';
import { createS3ObjectStore } from '../../lambdas/shared/s3-object-store.ts';
import { createS3UrlSigner } from '../../lambdas/shared/s3-url-signer.ts';
import { aBucket } from '../support/local-services.ts';
import { memoryMultipartUploads } from '../support/memory-multipart-uploads.ts';
import { memoryObjectStore } from '../support/memory-object-store.ts';

interface Service {
  multipart: MultipartUploads;
  objects: ObjectStore;
  /** As a client does it. Answers the ETag. */
  sendPart(upload: MultipartUpload, partNumber: number, content: Uint8Array): Promise<string>;
  putObject(key: string, content: string): Promise<unknown>;
  stop(): Promise<void>;
}

const adapters: Record<string, () => Promise<Service>> = {
  'in memory': async () => {
    const objects = memoryObjectStore();
    const multipart = memoryMultipartUploads(objects);
    return {
      multipart,
      objects,
      sendPart: async (...sent) => multipart.sendPart(...sent),
      putObject: async (key, content) => objects.put(key, content),
      stop: async () => undefined,
    };
  },
  'on S3': async () => {
    const { client, name, stop } = await aBucket();
    const signer = createS3UrlSigner(client, { uploads: name });
    return {
      multipart: createS3MultipartUploads(client, name),
      objects: createS3ObjectStore(client, name),
      async sendPart(upload, partNumber, content) {
        const { url } = await signer.signPart({ ...upload, partNumber, sizeBytes: content.length });
        const response = await fetch(url, { method: 'PUT', body: new Uint8Array(content) });
        if (!response.ok) throw new Error(await response.text());
        return (response.headers.get('etag') ?? '').replaceAll('"', '');
      },
      putObject: (Key, Body) => client.send(new PutObjectCommand({ Bucket: name, Key, Body })),
      stop,
    };
  },
};

const fiveMib = randomBytes(5 * 1024 ** 2);
const rest = randomBytes(1000);

describe.each(Object.entries(adapters))('uploads in parts %s', (_name, start) => {
  let service: Service;
  let upload: MultipartUpload;
  let serial = 0;

  beforeAll(async () => {
    service = await start();
  });
  afterAll(() => service.stop());
  beforeEach(async () => {
    serial += 1;
    const key = `uploads/hash/job ${serial} ü/source.mp4`;
    upload = await service.multipart.begin({ key, contentType: 'video/mp4' });
  });

  async function sendBoth() {
    await service.sendPart(upload, 2, rest);
    await service.sendPart(upload, 1, fiveMib);
    return (await service.multipart.listParts(upload)) ?? [];
  }

  it('list what has arrived, by number, with the ETags that the clients got', async () => {
    const second = await service.sendPart(upload, 2, rest);
    const first = await service.sendPart(upload, 1, fiveMib);

    expect(await service.multipart.listParts(upload)).toEqual([
      { partNumber: 1, etag: first, sizeBytes: fiveMib.length },
      { partNumber: 2, etag: second, sizeBytes: rest.length },
    ]);
  });

  it('keep the last of a part that was sent twice', async () => {
    await service.sendPart(upload, 1, fiveMib);
    const again = await service.sendPart(upload, 1, rest);

    expect(await service.multipart.listParts(upload)).toMatchObject([{ etag: again, sizeBytes: 1000 }]);
  });

  it('become one object, with the type that was declared', async () => {
    const parts = await sendBoth();

    const completion = await service.multipart.complete(upload, parts);
    const object = await service.objects.head(upload.key);

    expect(completion).toEqual({ outcome: 'made', etag: object?.etag });
    expect(object).toMatchObject({ sizeBytes: fiveMib.length + 1000, contentType: 'video/mp4' });
    expect(await service.multipart.listParts(upload)).toBeUndefined();
  });

  it('are completed once; whoever comes later learns that nothing was made', async () => {
    const parts = await sendBoth();
    const { etag } = { etag: '', ...(await service.multipart.complete(upload, parts)) };

    const again = await service.multipart.complete(upload, parts);

    expect(again).toEqual({ outcome: 'not-made' });
    expect((await service.objects.head(upload.key))?.etag).toBe(etag);
  });

  it('make one object of two completions at the same time', async () => {
    const parts = await sendBoth();

    const outcomes = await Promise.all([
      service.multipart.complete(upload, parts),
      service.multipart.complete(upload, parts),
    ]);

    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['made', 'not-made']);
  });

  it('never replace an object', async () => {
    const parts = await sendBoth();
    await service.putObject(upload.key, 'was here first');

    expect(await service.multipart.complete(upload, parts)).toEqual({ outcome: 'not-made' });
    expect((await service.objects.head(upload.key))?.sizeBytes).toBe(14);
  });

  it('are not completed of a part that was replaced meanwhile', async () => {
    const parts = await sendBoth();
    await service.sendPart(upload, 2, randomBytes(1000));

    expect(await service.multipart.complete(upload, parts)).toEqual({ outcome: 'parts-changed' });
    expect(await service.objects.head(upload.key)).toBeUndefined();
  });

  it('are forgotten when aborted, as often as that is said', async () => {
    await service.sendPart(upload, 1, fiveMib);

    await service.multipart.abort(upload);
    await service.multipart.abort(upload);

    expect(await service.multipart.listParts(upload)).toBeUndefined();
    expect(await service.multipart.complete(upload, [])).toEqual({ outcome: 'not-made' });
  });

  it('are known by key and id together', async () => {
    const other = { ...upload, key: `${upload.key}.other` };

    await service.multipart.abort(other);

    expect(await service.multipart.listParts(other)).toBeUndefined();
    expect(await service.multipart.listParts(upload)).toEqual([]);
  });
});
