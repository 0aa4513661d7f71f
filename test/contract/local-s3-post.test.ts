import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import type { PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aLocalS3, bucketName as Bucket, type LocalS3 } from '../support/local-s3.ts';
import { type Fields, type FormUpload, postForm } from '../support/post-form.ts';

let s3: LocalS3;
beforeAll(async () => {
  s3 = await aLocalS3();
});
afterAll(() => s3.stop());

const post = (upload: FormUpload) => postForm(s3, upload);

describe('a form that keeps to its policy', () => {
  it('becomes an object', async () => {
    const { response } = await post({});

    const got = await s3.owner.send(new GetObjectCommand({ Bucket, Key: 'posted' }));
    expect(response.status).toBe(204);
    expect(response.headers.get('etag')).toBe(got.ETag);
    expect(await got.Body?.transformToString()).toBe('content');
    expect(got.ContentType).toBe('video/mp4');
  });

  it('keeps what the fields say of the object', async () => {
    const fields = {
      'x-amz-meta-title': 'Über alles',
      'Content-Disposition': 'attachment; filename="ü.mp4"',
      'Cache-Control': 'no-store',
    };

    await post({ options: { Key: 'fields', Fields: fields } });

    const head = await s3.owner.send(new HeadObjectCommand({ Bucket, Key: 'fields' }));
    const encoded = `=?UTF-8?B?${Buffer.from('Über alles').toString('base64')}?=`;
    expect(head).toMatchObject({ CacheControl: 'no-store', Metadata: { title: encoded } });
    expect(Buffer.from(head.ContentDisposition ?? '', 'latin1').toString()).toBe(
      'attachment; filename="ü.mp4"',
    );
  });

  it('puts the name of the file, without folders, where the key asks for it', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what S3 reads
    await post({ options: { Key: 'inbox/${filename}' }, filename: 'C:\\films\\$& été.mp4' });

    await expect(
      s3.owner.send(new HeadObjectCommand({ Bucket, Key: 'inbox/$& été.mp4' })),
    ).resolves.toBeDefined();
  });

  it.each([
    [{ success_action_status: '200' }, 200],
    [{ success_action_status: '201' }, 201],
    [{ success_action_status: '404' }, 204],
    [{ success_action_redirect: 'http://127.0.0.1/done?a=b' }, 303],
  ])('is answered as it asks: %j', async (fields: Fields, status) => {
    const { response, text } = await post({ options: { Key: 'answer', Fields: fields } });

    expect(response.status).toBe(status);
    if (status === 201) expect(text).toContain('<Key>answer</Key>');
    if (status === 303) {
      const etag = encodeURIComponent('"9a0364b9e99bb480dd25e1f0284c8555"');
      expect(response.headers.get('location')).toBe(
        `http://127.0.0.1/done?a=b&bucket=${Bucket}&key=answer&etag=${etag}`,
      );
    }
  });

  it.each([
    ['an empty prefix, which takes anything', ['starts-with', '$Content-Type', ''], 'what/ever'],
    ['a prefix', ['starts-with', '$content-type', 'video/'], 'video/mp4'],
    [
      'a prefix of each in a list of types',
      ['starts-with', '$Content-Type', 'video/'],
      'video/mp4, video/webm',
    ],
    ['an exact value', ['eq', '$Content-Type', 'video/mp4'], 'video/mp4'],
    ['an object', { 'content-type': 'video/mp4' }, 'video/mp4'],
  ])('may be held to %s', async (_, condition, type) => {
    const Conditions = [condition] as PresignedPostOptions['Conditions'];

    const { response } = await post({
      options: { Fields: {}, Conditions },
      change: (f) => ({ ...f, 'Content-Type': type }),
    });

    expect(response.status).toBe(204);
  });

  it('may have fields to ignore', async () => {
    const { response } = await post({ change: (fields) => ({ ...fields, 'x-ignore-me': 'x' }) });

    expect(response.status).toBe(204);
  });
});
