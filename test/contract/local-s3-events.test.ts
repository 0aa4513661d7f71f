import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { beginUpload } from '../support/begin-upload.ts';
import { aLocalS3, bucketName as Bucket, type LocalS3, type LocalS3Settings } from '../support/local-s3.ts';

let s3: LocalS3;
async function start(settings?: LocalS3Settings): Promise<void> {
  s3 = await aLocalS3(settings);
}
afterEach(() => s3.stop());

const put = (Key: string, more: object = {}) =>
  s3.owner.send(new PutObjectCommand({ Bucket, Key, Body: 'content', ...more }));

async function putInParts(Key: string): Promise<void> {
  const { part, complete } = await beginUpload(s3, Key);
  await complete([await part(1, 'content')]);
}

async function post(key: string): Promise<void> {
  const { url, fields } = await createPresignedPost(s3.owner, { Bucket, Key: key });
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', new Blob(['content']));
  await fetch(url, { method: 'POST', body: form });
}

describe('events', () => {
  it('tell of every object that comes, in whichever way, once it can be read', async () => {
    const readable: (boolean | undefined)[] = [];
    await start({
      emit: async (event) => {
        const { key } = event.detail.object as { key: string };
        s3.events.push(event);
        const { Body } = await s3.owner.send(new GetObjectCommand({ Bucket, Key: key }));
        readable.push((await Body?.transformToString()) === 'content');
      },
    });

    await put('a key/with+signs é');
    await post('posted');
    await putInParts('in parts');
    await s3.owner.send(new CopyObjectCommand({ Bucket, Key: 'copied', CopySource: `${Bucket}/posted` }));

    expect(readable).toEqual([true, true, true, true]);
    expect(s3.events.map(({ detail }) => detail.reason)).toEqual([
      'PutObject',
      'POST Object',
      'CompleteMultipartUpload',
      'CopyObject',
    ]);
    expect(s3.events[0]).toEqual({
      source: 'aws.s3',
      detailType: 'Object Created',
      resources: [`arn:aws:s3:::${Bucket}`],
      detail: {
        version: '0',
        bucket: { name: Bucket },
        object: {
          key: 'a key/with+signs é',
          size: 7,
          etag: '9a0364b9e99bb480dd25e1f0284c8555',
          sequencer: expect.stringMatching(/^[0-9A-F]{16}$/),
        },
        'request-id': expect.stringMatching(/^[0-9A-F]{16}$/),
        requester: '000000000000',
        'source-ip-address': '127.0.0.1',
        reason: 'PutObject',
      },
    });
  });

  it('tell of every object that goes, and of none that was not there', async () => {
    await start();
    for (const key of ['one', 'two', 'three']) await put(key);

    await s3.owner.send(new DeleteObjectCommand({ Bucket, Key: 'one' }));
    await s3.owner.send(new DeleteObjectCommand({ Bucket, Key: 'one' }));
    await s3.owner.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'two' }, { Key: 'three' }] } }),
    );

    const deleted = s3.events.filter(({ detailType }) => detailType === 'Object Deleted');
    expect(deleted.map(({ detail }) => (detail.object as { key: string }).key)).toEqual([
      'one',
      'two',
      'three',
    ]);
    expect(deleted[0]?.detail).toMatchObject({
      reason: 'DeleteObject',
      'deletion-type': 'Permanently Deleted',
    });
  });

  it('have sequencers that grow with the changes of a key, over restarts too', async () => {
    await start();

    await put('key');
    await put('key');
    await s3.restart();
    await put('key');
    await s3.owner.send(new DeleteObjectCommand({ Bucket, Key: 'key' }));

    const sequencers = s3.events.map(({ detail }) => (detail.object as { sequencer: string }).sequencer);
    expect(new Set(sequencers).size).toBe(4);
    expect(sequencers.toSorted()).toEqual(sequencers);
  });

  it('are not sent of what was refused, nor where the bucket sends none', async () => {
    await start();
    await expect(put('refused', { ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' })).rejects.toThrow();
    await put('taken', { IfNoneMatch: '*' });
    await expect(put('taken', { IfNoneMatch: '*' })).rejects.toThrow();
    expect(s3.events).toHaveLength(1);
    await s3.stop();

    await start({ bucket: { eventBridge: false } });
    await put('quiet');
    expect(s3.events).toEqual([]);
  });

  it('wait for the next start if the bus can’t take them; the change is made all the same', async () => {
    const log = jest.spyOn(console, 'error').mockImplementation(() => {});
    let works = false;
    await start({
      emit: async (event) => {
        if (!works) throw new Error('disk full');
        s3.events.push(event);
      },
    });

    await put('one');
    works = true;
    await put('two');
    works = false;
    const Objects = [{ Key: 'one' }, { Key: 'two' }];
    await s3.owner.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(s3.events).toHaveLength(1);
    works = true;
    await s3.restart();
    await s3.restart();

    expect(s3.events.slice(1)).toMatchObject([
      { detailType: 'Object Deleted', detail: { object: { key: 'one' } } },
      { detailType: 'Object Deleted', detail: { object: { key: 'two' } } },
    ]);
    expect(log).toHaveBeenCalledTimes(3);
    log.mockRestore();
  });
});
