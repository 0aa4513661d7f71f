import {
  GetObjectCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aLocalS3, bucketName as Bucket, type LocalS3 } from '../support/local-s3.ts';

let s3: LocalS3;
beforeAll(async () => {
  s3 = await aLocalS3();
});
afterAll(() => s3.stop());

describe('listing', () => {
  it('pages through the keys in the order of their bytes, folding common prefixes', async () => {
    const keys = ['l/a', 'l/b/1', 'l/b/2', 'l/c', 'l/d/1', 'l/é', 'l/😀', 'l/\uff5e'];
    for (const Key of keys) await s3.owner.send(new PutObjectCommand({ Bucket, Key, Body: 'content' }));
    const list = (more: object) => s3.owner.send(new ListObjectsV2Command({ Bucket, Prefix: 'l/', ...more }));

    const all = await list({});
    const seen: (string | undefined)[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await list({ Delimiter: '/', MaxKeys: 2, ContinuationToken });
      expect(page.KeyCount).toBeLessThanOrEqual(2);
      seen.push(
        ...(page.Contents ?? []).map(({ Key }) => Key),
        ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
      );
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken);

    const inOrder = keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(all.Contents?.map(({ Key }) => Key)).toEqual(inOrder);
    expect(new Set(seen)).toEqual(new Set(['l/a', 'l/b/', 'l/c', 'l/d/', 'l/é', 'l/😀', 'l/\uff5e']));
    expect(seen).toHaveLength(7);
    expect((await list({ StartAfter: 'l/c' })).KeyCount).toBe(4);
  });
});

describe('a bucket', () => {
  it('is there or not', async () => {
    const head = (name: string) => s3.owner.send(new HeadBucketCommand({ Bucket: name }));

    await expect(head(Bucket)).resolves.toBeDefined();
    await expect(head('other')).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
    await expect(s3.owner.send(new GetObjectCommand({ Bucket: 'other', Key: 'k' }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
  });
});
