import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { aLocalS3, bucketName as Bucket, type LocalS3 } from '../support/local-s3.ts';

let s3: LocalS3;
beforeAll(async () => {
  s3 = await aLocalS3();
});
afterAll(() => s3.stop());

async function put(Key: string, Body: string | Uint8Array = 'content'): Promise<string> {
  const { ETag } = await s3.owner.send(new PutObjectCommand({ Bucket, Key, Body }));
  return ETag ?? '';
}

async function read(Key: string, Range?: string): Promise<string | undefined> {
  const { Body } = await s3.owner.send(new GetObjectCommand({ Bucket, Key, Range }));
  return Body?.transformToString();
}

async function objectCount(): Promise<number | undefined> {
  return (await s3.owner.send(new ListObjectsV2Command({ Bucket }))).KeyCount;
}

describe('reading', () => {
  it.each([
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-4', '6789', 'bytes 6-9/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
    ['bytes=-99', '0123456789', 'bytes 0-9/10'],
  ])('answers the range %s with 206', async (Range, content, contentRange) => {
    await put('digits', '0123456789');

    const got = await s3.owner.send(new GetObjectCommand({ Bucket, Key: 'digits', Range }));

    expect(await got.Body?.transformToString()).toBe(content);
    expect(got).toMatchObject({ ContentRange: contentRange, ContentLength: content.length });
    expect(got.$metadata.httpStatusCode).toBe(206);
  });

  it.each(['bytes=10-', 'bytes=10-20', 'bytes=-0'])(
    'refuses the range %s of 10 bytes with 416',
    async (range) => {
      await put('digits', '0123456789');

      await expect(read('digits', range)).rejects.toMatchObject({
        name: 'InvalidRange',
        $metadata: { httpStatusCode: 416 },
      });
    },
  );

  it('holds to its conditions', async () => {
    const ETag = await put('conditions');
    const LastModified = (await s3.owner.send(new HeadObjectCommand({ Bucket, Key: 'conditions' })))
      .LastModified!;
    const get = (condition: object) =>
      s3.owner.send(new GetObjectCommand({ Bucket, Key: 'conditions', ...condition }));
    const earlier = new Date(LastModified.getTime() - 1000);

    await expect(get({ IfMatch: ETag })).resolves.toBeDefined();
    await expect(get({ IfMatch: ETag, IfUnmodifiedSince: earlier })).resolves.toBeDefined();
    await expect(get({ IfNoneMatch: '"other"' })).resolves.toBeDefined();
    await expect(get({ IfModifiedSince: earlier })).resolves.toBeDefined();
    await expect(get({ IfMatch: '"other"' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(get({ IfUnmodifiedSince: earlier })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(get({ IfNoneMatch: ETag })).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
    await expect(get({ IfModifiedSince: LastModified })).rejects.toMatchObject({
      $metadata: { httpStatusCode: 304 },
    });
  });

  it('goes on with the old bytes while the object is overwritten and deleted', async () => {
    const old = Buffer.alloc(8 * 1024 * 1024, 'old');
    await put('busy', old);
    const got = await s3.owner.send(new GetObjectCommand({ Bucket, Key: 'busy' }));

    await put('busy', 'new');
    await s3.owner.send(new DeleteObjectCommand({ Bucket, Key: 'busy' }));

    expect(Buffer.from(await got.Body!.transformToByteArray()).equals(old)).toBe(true);
  });
});

describe('conditional writes', () => {
  it('with If-None-Match: * succeed once, however many try at the same time', async () => {
    const attempts = Array.from({ length: 10 }, (_, index) =>
      s3.owner.send(new PutObjectCommand({ Bucket, Key: 'once', Body: `${index}`, IfNoneMatch: '*' })),
    );

    const outcomes = await Promise.allSettled(attempts);

    const failures = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason.name] : [],
    );
    expect(failures).toEqual(Array(9).fill('PreconditionFailed'));
    await eventually(async () => (await s3.blobs()).length === (await objectCount()));
  });

  it('with If-Match write over that very object only', async () => {
    const IfMatch = await put('replace', 'first');

    await s3.owner.send(new PutObjectCommand({ Bucket, Key: 'replace', Body: 'second', IfMatch }));
    const again = s3.owner.send(new PutObjectCommand({ Bucket, Key: 'replace', Body: 'third', IfMatch }));
    const missing = s3.owner.send(new PutObjectCommand({ Bucket, Key: 'not there', Body: 'x', IfMatch }));

    await expect(again).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(missing).rejects.toMatchObject({ name: 'NoSuchKey' });
    expect(await read('replace')).toBe('second');
  });
});

describe('deleting', () => {
  it('answers 204, also if nothing is there', async () => {
    await put('gone');

    const first = await s3.owner.send(new DeleteObjectCommand({ Bucket, Key: 'gone' }));
    const second = await s3.owner.send(new DeleteObjectCommand({ Bucket, Key: 'gone' }));

    expect([first, second].map(({ $metadata }) => $metadata.httpStatusCode)).toEqual([204, 204]);
    await expect(read('gone')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('with If-Match deletes that very object only', async () => {
    const ETag = await put('pinned');
    const remove = (IfMatch: string, Key = 'pinned') =>
      s3.owner.send(new DeleteObjectCommand({ Bucket, Key, IfMatch }));

    await expect(remove('"other"')).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(remove(ETag)).resolves.toBeDefined();
    await expect(remove(ETag)).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
  });

  it('takes many keys at once', async () => {
    const keys = ['many/1', 'many/2 & <3>', 'many/missing'];
    await put(keys[0]!);
    await put(keys[1]!);

    const { Deleted, Errors } = await s3.owner.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: keys.map((Key) => ({ Key })) } }),
    );

    expect(Deleted?.map(({ Key }) => Key)).toEqual(keys);
    expect(Errors).toBeUndefined();
    expect((await s3.owner.send(new ListObjectsV2Command({ Bucket, Prefix: 'many/' }))).KeyCount).toBe(0);
  });

  it('takes the bytes off the disk', async () => {
    const before = await s3.blobs();
    await put('bytes', 'first');
    await put('bytes', 'second');

    await s3.owner.send(new DeleteObjectCommand({ Bucket, Key: 'bytes' }));

    expect(await s3.blobs()).toEqual(before);
  });
});
