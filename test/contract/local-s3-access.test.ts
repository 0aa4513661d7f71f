import {
  AbortMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aLocalS3, bucketName as Bucket, type LocalS3 } from '../support/local-s3.ts';

const arn = (path: string) => `arn:aws:s3:::${Bucket}${path}`;

let s3: LocalS3;
beforeAll(async () => {
  s3 = await aLocalS3({
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

describe('a role', () => {
  it.each([
    ['GetObject', () => new GetObjectCommand({ Bucket, Key: 'writable/a' }), 's3:GetObject', '/writable/a'],
    [
      'PutObject',
      () => new PutObjectCommand({ Bucket, Key: 'readable/a', Body: 'x' }),
      's3:PutObject',
      '/readable/a',
    ],
    [
      'DeleteObject',
      () => new DeleteObjectCommand({ Bucket, Key: 'readable/a' }),
      's3:DeleteObject',
      '/readable/a',
    ],
    [
      'CreateMultipartUpload',
      () => new CreateMultipartUploadCommand({ Bucket, Key: 'readable/a' }),
      's3:PutObject',
      '/readable/a',
    ],
    [
      'UploadPart',
      () => new UploadPartCommand({ Bucket, Key: 'readable/a', UploadId: 'x', PartNumber: 1, Body: 'x' }),
      's3:PutObject',
      '/readable/a',
    ],
    [
      'ListParts',
      () => new ListPartsCommand({ Bucket, Key: 'writable/a', UploadId: 'x' }),
      's3:ListMultipartUploadParts',
      '/writable/a',
    ],
    [
      'AbortMultipartUpload',
      () => new AbortMultipartUploadCommand({ Bucket, Key: 'writable/a', UploadId: 'x' }),
      's3:AbortMultipartUpload',
      '/writable/a',
    ],
    ['ListObjectsV2', () => new ListObjectsV2Command({ Bucket }), 's3:ListBucket', ''],
    [
      'CopyObject, of its source',
      () => new CopyObjectCommand({ Bucket, Key: 'writable/b', CopySource: `${Bucket}/deletable/a` }),
      's3:GetObject',
      '/deletable/a',
    ],
    [
      'CopyObject, of its target',
      () => new CopyObjectCommand({ Bucket, Key: 'readable/b', CopySource: `${Bucket}/readable/a` }),
      's3:PutObject',
      '/readable/b',
    ],
    [
      'DeleteObject with If-Match, of GetObject too',
      () => new DeleteObjectCommand({ Bucket, Key: 'deletable/a', IfMatch: '*' }),
      's3:GetObject',
      '/deletable/a',
    ],
  ])('is asked for the permission of %s', async (_, command, action, resource) => {
    const sent = s3.role.send(command() as GetObjectCommand);

    await expect(sent).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining(
        `is not authorized to perform: ${action} on resource: ${arn(resource)}`,
      ),
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('may do what its policy says', async () => {
    const { Body, ETag } = await s3.owner.send(new GetObjectCommand({ Bucket, Key: 'deletable/pinned' }));
    await Body?.transformToString();

    await expect(s3.role.send(new GetObjectCommand({ Bucket, Key: 'readable/a' }))).resolves.toBeDefined();
    await expect(
      s3.role.send(new PutObjectCommand({ Bucket, Key: 'writable/b', Body: 'b' })),
    ).resolves.toBeDefined();
    await expect(
      s3.role.send(new DeleteObjectCommand({ Bucket, Key: 'deletable/pinned', IfMatch: ETag })),
    ).resolves.toBeDefined();
  });

  it('is not told whether an object is there, unless it may list', async () => {
    const missing = { Bucket, Key: 'readable/missing' };

    await expect(s3.role.send(new GetObjectCommand(missing))).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(s3.role.send(new HeadObjectCommand(missing))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
    await expect(s3.owner.send(new GetObjectCommand(missing))).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(s3.owner.send(new HeadObjectCommand(missing))).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('may name the account that it expects to own the bucket', async () => {
    const get = (ExpectedBucketOwner: string) =>
      s3.role.send(new GetObjectCommand({ Bucket, Key: 'readable/a', ExpectedBucketOwner }));

    await expect(get('000000000000')).resolves.toBeDefined();
    await expect(get('111111111111')).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('answers for each key of DeleteObjects alone', async () => {
    const keys = ['deletable/a', 'readable/a'];

    const { Deleted, Errors } = await s3.role.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: keys.map((Key) => ({ Key })) } }),
    );

    expect(Deleted).toEqual([{ Key: 'deletable/a' }]);
    expect(Errors).toMatchObject([{ Key: 'readable/a', Code: 'AccessDenied' }]);
  });
});
