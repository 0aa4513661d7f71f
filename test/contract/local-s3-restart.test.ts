import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aLocalS3, bucketName as Bucket, type LocalS3 } from '../support/local-s3.ts';

let s3: LocalS3;
beforeEach(async () => {
  s3 = await aLocalS3();
});
afterEach(() => s3.stop());

describe('a start after a sudden end', () => {
  it('removes bytes that no object has, and files that were being written', async () => {
    await s3.owner.send(new PutObjectCommand({ Bucket, Key: 'kept', Body: 'content' }));
    const folder = join(s3.dataDir, Bucket);
    await writeFile(join(folder, 'blobs', 'orphan'), 'broken off');
    await writeFile(join(folder, 'objects', 'x.json.1.unfinished'), '{"key":');
    await writeFile(join(folder, 'outbox', 'x.json.1.unfinished'), '{"id":');
    await mkdir(join(folder, 'uploads', 'without its file'));

    await s3.restart();

    const left = await Promise.all(
      ['blobs', 'objects', 'outbox', 'uploads'].map((name) => readdir(join(folder, name))),
    );
    expect(left.map((names) => names.length)).toEqual([1, 1, 0, 0]);
    await expect(s3.owner.send(new GetObjectCommand({ Bucket, Key: 'kept' }))).resolves.toBeDefined();
  });

  it('drops the event of a change that was not made', async () => {
    const event = {
      source: 'aws.s3',
      detailType: 'Object Created',
      resources: [],
      detail: { object: { key: 'never came', sequencer: '0' } },
    };
    await writeFile(join(s3.dataDir, Bucket, 'outbox', 'x.json'), JSON.stringify({ id: 'x', event }));

    await s3.restart();
    await s3.restart();

    expect(s3.events).toEqual([]);
    expect(await readdir(join(s3.dataDir, Bucket, 'outbox'))).toEqual([]);
  });
});
