import { randomBytes } from 'node:crypto';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { beginUpload } from '../support/begin-upload.ts';
import { aLocalS3, bucketName as Bucket, type LocalS3 } from '../support/local-s3.ts';

let s3: LocalS3;
beforeAll(async () => {
  s3 = await aLocalS3();
});
afterAll(() => s3.stop());

const begin = (Key: string) => beginUpload(s3, Key);

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

  it('makes an object that is copied to the byte, wherever its parts end', async () => {
    const { part, complete } = await begin('uneven');
    const bodies = [randomBytes(5 * 1024 ** 2 + 1000), randomBytes(300_000)];
    await complete([await part(1, bodies[0]!), await part(2, bodies[1]!)]);

    await s3.owner.send(new CopyObjectCommand({ Bucket, Key: 'copied', CopySource: `${Bucket}/uneven` }));

    const { Body } = await s3.owner.send(new GetObjectCommand({ Bucket, Key: 'copied' }));
    expect(Buffer.concat(bodies).equals(await Body!.transformToByteArray())).toBe(true);
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
