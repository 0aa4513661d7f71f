import { createHash, randomBytes } from 'node:crypto';
import { DeleteObjectCommand, GetObjectCommand, ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { beginUpload } from '../support/begin-upload.ts';
import { aLocalS3, bucketName as Bucket, type LocalS3 } from '../support/local-s3.ts';

const FIVE_MIB = 5 * 1024 * 1024;

let s3: LocalS3;
beforeAll(async () => {
  s3 = await aLocalS3();
});
afterAll(() => s3.stop());

const begin = (Key: string, more?: object) => beginUpload(s3, Key, more);

describe('a multipart upload', () => {
  it('becomes one object of its parts, in order, each the last that came', async () => {
    const [first, second] = [randomBytes(FIVE_MIB), randomBytes(1000)];
    const { part, complete } = await begin('joined', { ContentType: 'video/mp4', Metadata: { a: 'b' } });
    await part(1, 'replaced');
    const parts = [await part(1, first), await part(7, second)];

    const { ETag } = await complete(parts);
    const got = await s3.owner.send(new GetObjectCommand({ Bucket, Key: 'joined' }));
    const across = await s3.owner.send(
      new GetObjectCommand({ Bucket, Key: 'joined', Range: `bytes=${FIVE_MIB - 10}-${FIVE_MIB + 9}` }),
    );

    const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest();
    const whole = Buffer.concat([first, second]);
    expect(ETag).toBe(`"${md5(Buffer.concat([md5(first), md5(second)])).toString('hex')}-2"`);
    expect(whole.equals(await got.Body!.transformToByteArray())).toBe(true);
    expect(got).toMatchObject({
      ETag,
      ContentType: 'video/mp4',
      Metadata: { a: 'b' },
      ContentLength: whole.length,
    });
    expect(Buffer.from(await across.Body!.transformToByteArray())).toEqual(
      whole.subarray(FIVE_MIB - 10, FIVE_MIB + 10),
    );
  });

  it('can be read to its end while it is deleted', async () => {
    const [first, second] = [randomBytes(2 * FIVE_MIB), randomBytes(1000)];
    const { part, complete } = await begin('deleted');
    await complete([await part(1, first), await part(2, second)]);
    const { Body } = await s3.owner.send(new GetObjectCommand({ Bucket, Key: 'deleted' }));

    await s3.owner.send(new DeleteObjectCommand({ Bucket, Key: 'deleted' }));

    expect(Buffer.concat([first, second]).equals(await Body!.transformToByteArray())).toBe(true);
  });

  it('tells which parts are there, page by page', async () => {
    const { part, listParts } = await begin('resumed');
    const parts = [await part(3, 'three'), await part(1, 'one')].reverse();

    const { Parts } = await listParts();
    const page = await listParts({ MaxParts: 1 });
    const next = await listParts({ MaxParts: 1, PartNumberMarker: page.NextPartNumberMarker });

    expect(Parts).toMatchObject([
      { ...parts[0], Size: 3 },
      { ...parts[1], Size: 5 },
    ]);
    expect(page).toMatchObject({ IsTruncated: true, Parts: [{ PartNumber: 1 }] });
    expect(next).toMatchObject({ IsTruncated: false, Parts: [{ PartNumber: 3 }] });
  });

  it('goes on after a restart', async () => {
    const { part, complete, listParts } = await begin('restarted');
    const parts = [await part(1, 'content')];

    await s3.restart();

    expect((await listParts()).Parts).toMatchObject(parts);
    await complete(parts);
    const { Body } = await s3.owner.send(new GetObjectCommand({ Bucket, Key: 'restarted' }));
    expect(await Body?.transformToString()).toBe('content');
  });

  it('leaves nothing when it is aborted, and parts that come later are refused', async () => {
    const before = await s3.blobs();
    const { part, abort, listParts } = await begin('aborted');
    await part(1, 'content');

    await abort();

    await expect(part(2, 'late')).rejects.toMatchObject({ name: 'NoSuchUpload' });
    await expect(listParts()).rejects.toMatchObject({ name: 'NoSuchUpload' });
    await expect(abort()).rejects.toMatchObject({ name: 'NoSuchUpload' });
    expect(await s3.blobs()).toEqual(before);
  });

  it('is listed while it is under way', async () => {
    const { upload, abort } = await begin('listed/1');
    const other = await begin('listed/2');
    const list = (more: object = {}) =>
      s3.owner.send(new ListMultipartUploadsCommand({ Bucket, Prefix: 'listed/', ...more }));

    const page = await list({ MaxUploads: 1 });
    const next = await list({ KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker });
    await abort();
    await other.abort();

    expect(page).toMatchObject({
      IsTruncated: true,
      Uploads: [{ Key: upload.Key, UploadId: upload.UploadId }],
    });
    expect(next).toMatchObject({ IsTruncated: false, Uploads: [{ Key: 'listed/2' }] });
    expect((await list()).Uploads).toBeUndefined();
  });

  it('takes the bytes of parts that were not chosen off the disk', async () => {
    const before = await s3.blobs();
    const { part, complete } = await begin('chosen');
    const [chosen] = [await part(1, 'chosen'), await part(2, 'not chosen')];

    await complete([chosen]);

    expect(await s3.blobs()).toHaveLength(before.length + 1);
  });
});
