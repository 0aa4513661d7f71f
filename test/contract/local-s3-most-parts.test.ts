import { closeSync, ftruncateSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MultipartUpload } from '../../core/ports/uploads.ts';
import { createS3MultipartUploads } from '../../lambdas/shared/s3-multipart-uploads.ts';
import { aLocalS3, bucketName as Bucket, type LocalS3 } from '../support/local-s3.ts';

const mostParts = 10_000;
const partBytes = 5 * 1024 ** 2;

let s3: LocalS3;
beforeAll(async () => {
  s3 = await aLocalS3();
});
afterAll(() => s3.stop());

/** Nobody has 50 GB to spare for a test: the parts are put on the disk as the server keeps them, as files of holes. */
async function sendHoles({ uploadId }: MultipartUpload): Promise<void> {
  const folder = join(s3.dataDir, Bucket);
  for (let number = 1; number <= mostParts; number += 1) {
    const name = `hole-${number}`;
    const file = openSync(join(folder, 'blobs', name), 'w');
    ftruncateSync(file, partBytes);
    closeSync(file);
    const etag = number.toString(16).padStart(32, '0');
    const part = { number, etag, lastModifiedMs: 0, blob: { name, sizeBytes: partBytes } };
    writeFileSync(join(folder, 'uploads', uploadId, `${number}.part.json`), JSON.stringify(part));
  }
  await s3.restart();
}

describe('an upload of the most parts that there may be', () => {
  it('is listed page by page, and becomes one object that is read anywhere', async () => {
    const multipart = createS3MultipartUploads(s3.owner, Bucket);
    const upload = await multipart.begin({ key: 'large.mp4', contentType: 'video/mp4' });
    await sendHoles(upload);

    const parts = (await multipart.listParts(upload)) ?? [];
    const completion = await multipart.complete(upload, parts);
    const Range = `bytes=${(mostParts - 1) * partBytes - 2}-${(mostParts - 1) * partBytes + 1}`;
    const { Body, ContentRange } = await s3.owner.send(
      new GetObjectCommand({ Bucket, Key: 'large.mp4', Range }),
    );

    expect(parts.map(({ partNumber }) => partNumber)).toEqual(
      Array.from({ length: mostParts }, (_, index) => index + 1),
    );
    expect(completion).toMatchObject({ outcome: 'made', etag: expect.stringMatching(/-10000$/) });
    expect(ContentRange).toMatch(new RegExp(`/${mostParts * partBytes}$`));
    expect(await Body?.transformToByteArray()).toEqual(new Uint8Array(4));
  });
});
