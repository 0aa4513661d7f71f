import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  type ChecksumAlgorithm,
  CopyObjectCommand,
  GetObjectCommand,
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

async function put(Key: string, Body: string | Uint8Array = 'content'): Promise<void> {
  await s3.owner.send(new PutObjectCommand({ Bucket, Key, Body }));
}

async function read(Key: string): Promise<string | undefined> {
  const { Body } = await s3.owner.send(new GetObjectCommand({ Bucket, Key }));
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

describe('what is not done here', () => {
  it.each(['acl', 'tagging', 'versionId=1', 'retention'])(
    'is refused, not taken for something else: PUT ?%s',
    async (query) => {
      await put('kept', 'as it was');
      const command = new PutObjectCommand({ Bucket, Key: 'kept', Body: 'overwritten?' });
      command.middlewareStack.add(
        (next) => (args) => {
          const [name = '', value = ''] = query.split('=');
          (args.request as { query: Record<string, string> }).query = { [name]: value };
          return next(args);
        },
        { step: 'build' },
      );

      await expect(s3.owner.send(command)).rejects.toMatchObject({ name: 'NotImplemented' });

      expect(await read('kept')).toBe('as it was');
    },
  );
});
