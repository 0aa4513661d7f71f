import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  type ChecksumAlgorithm,
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
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

async function put(Key: string, Body: string | Uint8Array = 'content'): Promise<string> {
  const { ETag } = await s3.owner.send(new PutObjectCommand({ Bucket, Key, Body }));
  return ETag ?? '';
}

async function read(Key: string, Range?: string): Promise<string | undefined> {
  const { Body } = await s3.owner.send(new GetObjectCommand({ Bucket, Key, Range }));
  return Body?.transformToString();
}

describe('an object', () => {
  it('comes back with its bytes, its ETag and all that was said of it', async () => {
    const about = {
      ContentType: 'video/mp4',
      ContentDisposition: `attachment; filename*=UTF-8''%C3%BC.mp4`,
      CacheControl: 'no-store',
      ContentLanguage: 'de',
      Metadata: { 'num-segments': '5', title: 'plain' },
    };

    await s3.owner.send(new PutObjectCommand({ Bucket, Key: 'about', Body: 'bytes', ...about }));
    const got = await s3.owner.send(new GetObjectCommand({ Bucket, Key: 'about' }));
    const head = await s3.owner.send(new HeadObjectCommand({ Bucket, Key: 'about' }));

    const ETag = `"${createHash('md5').update('bytes').digest('hex')}"`;
    expect(await got.Body?.transformToString()).toBe('bytes');
    expect(got).toMatchObject({ ...about, ETag, ContentLength: 5, AcceptRanges: 'bytes' });
    expect(head).toMatchObject({ ...about, ETag, ContentLength: 5, LastModified: got.LastModified });
  });

  it.each([
    ['a path upwards', '../../../../etc/passwd'],
    ['dots alone', '..'],
    ['spaces, plus and percent', 'a b+c%2Fd%'],
    ['slashes at both ends and doubled', '/a//b/'],
    ['letters of the world', 'Übung/録画 🎬.mp4'],
    ['what XML and URLs reserve', `<&>"'?#[]@!$&()*,;=`],
    ['a thousand bytes', 'k'.repeat(1024)],
  ])('may have a key with %s', async (_, key) => {
    await put(key, key);

    const listed = await s3.owner.send(new ListObjectsV2Command({ Bucket, Prefix: key }));

    expect(await read(key)).toBe(key);
    expect(listed.Contents?.map(({ Key }) => Key)).toContain(key);
  });

  it('may not have a key longer than 1024 bytes', async () => {
    await expect(put('k'.repeat(1025))).rejects.toMatchObject({ name: 'KeyTooLongError' });
  });

  it('may be empty', async () => {
    await put('empty', new Uint8Array());

    expect(await read('empty')).toBe('');
  });

  it('may come as a stream of unknown chunks, with a checksum at its end', async () => {
    const chunks = Array.from({ length: 50 }, (_, index) => Buffer.alloc(10_007, index));
    const Body = Readable.from(chunks);

    await s3.owner.send(
      new PutObjectCommand({
        Bucket,
        Key: 'stream',
        Body,
        ContentLength: 500_350,
        ChecksumAlgorithm: 'CRC32',
      }),
    );
    const got = await s3.owner.send(new GetObjectCommand({ Bucket, Key: 'stream' }));

    expect(Buffer.concat(chunks).equals(await got.Body!.transformToByteArray())).toBe(true);
    expect(got.ContentEncoding).toBeUndefined();
  });

  it.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as ChecksumAlgorithm[])(
    'keeps its %s checksum',
    async (algorithm) => {
      const Key = `checksum ${algorithm}`;

      const answer = await s3.owner.send(
        new PutObjectCommand({ Bucket, Key, Body: 'checked', ChecksumAlgorithm: algorithm }),
      );
      const head = await s3.owner.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));

      expect(answer[`Checksum${algorithm}`]).toEqual(expect.any(String));
      expect(head[`Checksum${algorithm}`]).toBe(answer[`Checksum${algorithm}`]);
      expect(await read(Key)).toBe('checked');
    },
  );

  it.each([
    ['MD5', { ContentMD5: createHash('md5').update('other').digest('base64') }, 'BadDigest'],
    ['MD5 that is none', { ContentMD5: 'x' }, 'InvalidDigest'],
    ['CRC32', { ChecksumCRC32: 'AAAAAA==' }, 'BadDigest'],
    ['CRC32C', { ChecksumCRC32C: 'AAAAAA==' }, 'BadDigest'],
    ['CRC64NVME', { ChecksumCRC64NVME: 'AAAAAAAAAAA=' }, 'BadDigest'],
    ['SHA256', { ChecksumSHA256: createHash('sha256').update('other').digest('base64') }, 'BadDigest'],
  ])('is refused with a wrong %s, and leaves nothing', async (_, claim, code) => {
    const before = await s3.blobs();

    const putting = s3.owner.send(new PutObjectCommand({ Bucket, Key: 'wrong', Body: 'content', ...claim }));

    await expect(putting).rejects.toMatchObject({ name: code });
    await expect(read('wrong')).rejects.toMatchObject({ name: 'NoSuchKey' });
    expect(await s3.blobs()).toEqual(before);
  });

  it('is refused if it asks for what is not done here', async () => {
    const putting = s3.owner.send(
      new PutObjectCommand({ Bucket, Key: 'kms', Body: 'x', ServerSideEncryption: 'aws:kms' }),
    );

    await expect(putting).rejects.toMatchObject({ name: 'NotImplemented' });
  });
});

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

describe('copying', () => {
  it('keeps what is said of the object, or replaces it', async () => {
    await s3.owner.send(
      new PutObjectCommand({
        Bucket,
        Key: 'copy me/é',
        Body: 'copied',
        ContentType: 'a/b',
        Metadata: { from: 'x' },
      }),
    );
    const copy = (Key: string, more: object = {}) =>
      s3.owner.send(
        new CopyObjectCommand({
          Bucket,
          Key,
          CopySource: `${Bucket}/${encodeURIComponent('copy me/é')}`,
          ...more,
        }),
      );

    const { CopyObjectResult } = await copy('copy/1');
    await copy('copy/2', { MetadataDirective: 'REPLACE', ContentType: 'c/d', Metadata: {} });
    const heads = ['copy/1', 'copy/2'].map((Key) => s3.owner.send(new HeadObjectCommand({ Bucket, Key })));

    const [kept, replaced] = await Promise.all(heads);
    expect(kept).toMatchObject({ ContentType: 'a/b', Metadata: { from: 'x' }, ETag: CopyObjectResult?.ETag });
    expect(replaced).toMatchObject({ ContentType: 'c/d', Metadata: {} });
    expect(await read('copy/2')).toBe('copied');
  });
});

describe('listing', () => {
  it('pages through the keys in the order of their bytes, folding common prefixes', async () => {
    const keys = ['l/a', 'l/b/1', 'l/b/2', 'l/c', 'l/d/1', 'l/é', 'l/😀', 'l/\uff5e'];
    for (const key of keys) await put(key);
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
