import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aLocalS3, bucketName as Bucket, type LocalS3 } from '../support/local-s3.ts';
import { exchange } from '../support/raw-http.ts';

let s3: LocalS3;
let nowMs = Date.now;
beforeAll(async () => {
  s3 = await aLocalS3({ clock: () => nowMs() });
  await s3.owner.send(new PutObjectCommand({ Bucket, Key: 'key', Body: 'content' }));
});
afterAll(() => s3.stop());

describe('a signature', () => {
  it('is needed', async () => {
    const response = await fetch(`${s3.url}/${Bucket}/key`);

    expect(response.status).toBe(403);
    expect(await response.text()).toMatch(
      /<Code>AccessDenied<\/Code><Message>Access Denied<\/Message>.*<RequestId>\w+<\/RequestId><HostId>/,
    );
  });

  it('is missed in an answer that a client can read, even one that only sends until it is done', async () => {
    const body = Buffer.alloc(24 * 1024 * 1024);

    const answer = await exchange(s3.url, `PUT /${Bucket}/large HTTP/1.1`, {}, body);

    expect(answer).toMatch(/^HTTP\/1\.1 403 Forbidden/);
    expect(answer).toContain('<Code>AccessDenied</Code>');
  });

  it('is refused with a wrong secret, by an unknown key and with a wrong clock', async () => {
    const nobody = new S3Client({
      region: 'us-east-1',
      endpoint: s3.url,
      credentials: { accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' },
      maxAttempts: 1,
    });
    const get = (client: S3Client) => client.send(new GetObjectCommand({ Bucket, Key: 'key' }));

    await expect(get(s3.forger)).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
    await expect(get(nobody)).rejects.toMatchObject({ name: 'InvalidAccessKeyId' });
    nowMs = () => Date.now() + 16 * 60_000;
    await expect(get(s3.owner)).rejects.toMatchObject({ name: 'RequestTimeTooSkewed' });
    nowMs = Date.now;
    nobody.destroy();
  });
});
