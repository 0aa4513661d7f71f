import { createHash, randomBytes } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aLocalS3, bucketName as Bucket, type LocalS3 } from '../support/local-s3.ts';

const FIVE_MIB = 5 * 1024 * 1024;

let s3: LocalS3;
beforeAll(async () => {
  s3 = await aLocalS3();
});
afterAll(() => s3.stop());

async function begin(Key: string, more: object = {}) {
  const { UploadId } = await s3.owner.send(new CreateMultipartUploadCommand({ Bucket, Key, ...more }));
  const upload = { Bucket, Key, UploadId };
  return {
    upload,
    part: async (PartNumber: number, Body: Uint8Array | string): Promise<CompletedPart> => {
      const { ETag } = await s3.owner.send(new UploadPartCommand({ ...upload, PartNumber, Body }));
      return { PartNumber, ETag };
    },
    complete: (Parts: CompletedPart[], conditions: object = {}) =>
      s3.owner.send(
        new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts }, ...conditions }),
      ),
    abort: () => s3.owner.send(new AbortMultipartUploadCommand(upload)),
    listParts: (more: object = {}) => s3.owner.send(new ListPartsCommand({ ...upload, ...more })),
  };
}

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

describe('completing', () => {
  it('is refused with parts out of order, unknown, changed or too small, and can be tried again', async () => {
    const { part, complete } = await begin('strict');
    const [one, two] = [await part(1, 'small'), await part(2, 'last')];

    await expect(complete([two, one])).rejects.toMatchObject({ name: 'InvalidPartOrder' });
    await expect(complete([one, one])).rejects.toMatchObject({ name: 'InvalidPartOrder' });
    await expect(complete([one, { ...two, PartNumber: 3 }])).rejects.toMatchObject({ name: 'InvalidPart' });
    await expect(complete([{ ...one, ETag: two.ETag }])).rejects.toMatchObject({ name: 'InvalidPart' });
    await expect(complete([one, two])).rejects.toMatchObject({ name: 'EntityTooSmall' });
    await expect(complete([])).rejects.toMatchObject({ name: 'MalformedXML' });
    await expect(complete([two], { MpuObjectSize: 5 })).rejects.toMatchObject({ name: 'InvalidRequest' });
    await expect(complete([two], { MpuObjectSize: 4 })).resolves.toBeDefined();
    await expect(complete([two])).rejects.toMatchObject({ name: 'NoSuchUpload' });
  });

  it('with If-None-Match: * never writes over an object, and keeps the upload', async () => {
    const { part, complete, listParts } = await begin('taken');
    const parts = [await part(1, 'second')];
    await s3.owner.send(new PutObjectCommand({ Bucket, Key: 'taken', Body: 'first' }));

    await expect(complete(parts, { IfNoneMatch: '*' })).rejects.toMatchObject({ name: 'PreconditionFailed' });

    expect((await listParts()).Parts).toHaveLength(1);
    const { Body } = await s3.owner.send(new GetObjectCommand({ Bucket, Key: 'taken' }));
    expect(await Body?.transformToString()).toBe('first');
    await complete(parts);
    expect((await s3.owner.send(new HeadObjectCommand({ Bucket, Key: 'taken' }))).ContentLength).toBe(6);
  });

  it('succeeds once when many try at the same time', async () => {
    const { part, complete } = await begin('raced');
    const parts = [await part(1, 'content')];

    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => complete(parts)));

    const failures = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason.name] : [],
    );
    expect(failures).toEqual(Array(3).fill('NoSuchUpload'));
    const { Body } = await s3.owner.send(new GetObjectCommand({ Bucket, Key: 'raced' }));
    expect(await Body?.transformToString()).toBe('content');
  });

  it.each([
    ['no XML', 'parts'],
    ['another document', '<Delete><Object><Key>k</Key></Object></Delete>'],
    [
      'a document type',
      '<!DOCTYPE x [<!ENTITY e "1">]><CompleteMultipartUpload><Part><PartNumber>&e;</PartNumber><ETag>e</ETag></Part></CompleteMultipartUpload>',
    ],
    [
      'a number that is none',
      '<CompleteMultipartUpload><Part><PartNumber>x</PartNumber><ETag>e</ETag></Part></CompleteMultipartUpload>',
    ],
    [
      'an element left open',
      '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>e</ETag></Part>',
    ],
  ])('is refused with %s for a body', async (_, body) => {
    const { upload, part } = await begin('malformed');
    await part(1, 'content');

    const completing = s3.owner.send(
      withBody(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: [] } }), body),
    );

    await expect(completing).rejects.toMatchObject({ name: 'MalformedXML' });
  });

  it.each([0, 10_001])('has no place for a part number of %d', async (number) => {
    const { part } = await begin('numbers');

    await expect(part(number, 'content')).rejects.toMatchObject({ name: 'InvalidArgument' });
  });
});

/** The command, but with this body in place of the one that the SDK makes. */
function withBody(command: CompleteMultipartUploadCommand, body: string): CompleteMultipartUploadCommand {
  command.middlewareStack.add(
    (next) => async (args) => {
      const request = args.request as { body: string; headers: Record<string, string> };
      request.body = body;
      request.headers['content-length'] = String(Buffer.byteLength(body));
      return next(args);
    },
    { step: 'build', priority: 'low' },
  );
  return command;
}
