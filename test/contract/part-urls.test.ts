import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createS3MultipartUploads } from '../../lambdas/shared/s3-multipart-uploads.ts';
import { createS3UrlSigner } from '../../lambdas/shared/s3-url-signer.ts';
import { aBucket } from '../support/local-services.ts';

const rest = randomBytes(1000);

describe('a URL for a part', () => {
  let service: Awaited<ReturnType<typeof aBucket>>;
  beforeAll(async () => {
    service = await aBucket();
  });
  afterAll(() => service.stop());

  it.each([
    ['fewer', rest.subarray(1)],
    ['more', Buffer.concat([rest, rest])],
  ])('takes no %s bytes than the part has', async (_what, content) => {
    const { client, name } = service;
    const multipart = createS3MultipartUploads(client, name);
    const upload = await multipart.begin({ key: 'uploads/a/b/source.mp4', contentType: 'video/mp4' });
    const signer = createS3UrlSigner(client, { uploads: name });
    const { url } = await signer.signPart({ ...upload, partNumber: 1, sizeBytes: rest.length });

    const refused = await fetch(url, { method: 'PUT', body: new Uint8Array(content) });
    const taken = await fetch(url, { method: 'PUT', body: new Uint8Array(rest) });

    expect([refused.status, taken.status]).toEqual([403, 200]);
    expect(await refused.text()).toContain('SignatureDoesNotMatch');
  });

  it('takes no bytes without a length', async () => {
    const { client, name } = service;
    const multipart = createS3MultipartUploads(client, name);
    const upload = await multipart.begin({ key: 'uploads/a/c/source.mp4', contentType: 'video/mp4' });
    const signer = createS3UrlSigner(client, { uploads: name });
    const { url } = await signer.signPart({ ...upload, partNumber: 1, sizeBytes: rest.length });

    const chunked = new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(rest));
        controller.close();
      },
    });
    const refused = await fetch(url, { method: 'PUT', body: chunked, duplex: 'half' } as RequestInit);

    expect(refused.status).toBe(403);
  });
});
