import {
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListPartsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aLocalS3, bucketName as Bucket, type LocalS3 } from '../support/local-s3.ts';

const arn = (path: string) => `arn:aws:s3:::${Bucket}${path}`;

let s3: LocalS3;
let nowMs = Date.now;
beforeAll(async () => {
  s3 = await aLocalS3({
    clock: () => nowMs(),
    statements: [
      { Effect: 'Allow', Action: 's3:GetObject', Resource: [arn('/readable/*'), arn('/deletable/pinned')] },
      { Effect: 'Allow', Action: 's3:PutObject', Resource: arn('/writable/*') },
      { Effect: 'Allow', Action: 's3:DeleteObject', Resource: arn('/deletable/*') },
    ],
    resourcePolicies: [
      {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Resource: [arn(''), arn('/*')],
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Resource: arn('/*'),
            Condition: { NumericGreaterThan: { 's3:signatureAge': '3600000' } },
          },
        ],
      },
    ],
  });
  for (const Key of ['readable/a', 'writable/a', 'deletable/a', 'deletable/pinned']) {
    await s3.owner.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
  }
});
afterAll(() => s3.stop());

describe('a presigned URL', () => {
  const get = (more: object = {}) => new GetObjectCommand({ Bucket, Key: 'readable/a', ...more });

  it('reads, ranges too, and says how the browser shall save it', async () => {
    const overrides = {
      ResponseContentDisposition: 'attachment; filename="é.mp4"',
      ResponseContentType: 'video/mp4',
    };
    const url = await getSignedUrl(s3.role, get(overrides));

    const response = await fetch(url, { headers: { range: 'bytes=0-3' } });

    expect(response.status).toBe(206);
    expect(await response.text()).toBe('read');
    expect(response.headers.get('content-type')).toBe('video/mp4');
    expect(Buffer.from(response.headers.get('content-disposition') ?? '', 'latin1').toString()).toBe(
      overrides.ResponseContentDisposition,
    );
  });

  it('cannot be made to end a header and begin another', async () => {
    const url = await getSignedUrl(s3.role, get({ ResponseContentType: 'a\r\nset-cookie: b' }));

    expect((await fetch(url)).status).toBe(400);
  });

  it('writes, with every header that it signs', async () => {
    const command = new PutObjectCommand({
      Bucket,
      Key: 'writable/put',
      ContentType: 'video/mp4',
      ContentLength: 7,
    });
    const client = whenRequired();
    const url = await getSignedUrl(client, command, {
      signableHeaders: new Set(['content-type', 'content-length']),
    });
    const put = (body: string, type: string) =>
      fetch(url, { method: 'PUT', body, headers: { 'content-type': type } });

    expect((await put('content', 'text/html')).status).toBe(403);
    expect((await put('longer content', 'video/mp4')).status).toBe(403);
    expect((await put('content', 'video/mp4')).status).toBe(200);
    client.destroy();
  });

  it('writes a part', async () => {
    const client = whenRequired();
    const { UploadId } = await client.send(
      new CreateMultipartUploadCommand({ Bucket, Key: 'writable/parts' }),
    );
    const upload = { Bucket, Key: 'writable/parts', UploadId };
    const url = await getSignedUrl(client, new UploadPartCommand({ ...upload, PartNumber: 1 }));

    const response = await fetch(url, { method: 'PUT', body: 'part' });
    const otherPart = await fetch(url.replace('partNumber=1', 'partNumber=2'), {
      method: 'PUT',
      body: 'part',
    });

    const { Parts } = await s3.owner.send(new ListPartsCommand(upload));
    expect(response.headers.get('etag')).toBe(Parts?.[0]?.ETag);
    expect(otherPart.status).toBe(403);
    expect(Parts).toHaveLength(1);
    client.destroy();
  });

  it('expires, and is refused with another method, key or life', async () => {
    const url = await getSignedUrl(s3.role, get(), { expiresIn: 60 });
    const signedMs = Date.now();
    const statusOf = async (changed: string, method = 'GET') => (await fetch(changed, { method })).status;

    expect(await statusOf(url)).toBe(200);
    expect(await statusOf(url, 'DELETE')).toBe(403);
    expect(await statusOf(url.replace('readable/a', 'readable/b'))).toBe(403);
    expect(await statusOf(url.replace('X-Amz-Expires=60', 'X-Amz-Expires=600'))).toBe(403);
    nowMs = () => signedMs + 62_000;
    const late = await fetch(url);
    nowMs = Date.now;
    expect(await late.text()).toContain('<Code>AccessDenied</Code><Message>Request has expired</Message>');
  });

  it('is denied beyond the age that the bucket’s policy sets, however long it was to live', async () => {
    const url = await getSignedUrl(s3.owner, get(), { expiresIn: 7200 });
    const signedMs = Date.now();

    nowMs = () => signedMs + 3_500_000;
    const young = await fetch(url);
    nowMs = () => signedMs + 3_700_000;
    const old = await fetch(url);
    nowMs = Date.now;

    expect([young.status, old.status]).toEqual([200, 403]);
  });

  /** Presigns as the application must: without a checksum of the body that it does not have. */
  function whenRequired(): S3Client {
    return new S3Client({
      region: 'us-east-1',
      endpoint: s3.url,
      credentials: s3.ownerKey,
      requestChecksumCalculation: 'WHEN_REQUIRED',
    });
  }
});
