import { HeadObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { aLocalS3, bucketName as Bucket, type LocalS3 } from '../support/local-s3.ts';
import { type Fields, type FormUpload, postForm, rawForm, rawFormType } from '../support/post-form.ts';
import { exchange } from '../support/raw-http.ts';

let s3: LocalS3;
let nowMs = Date.now;
beforeAll(async () => {
  s3 = await aLocalS3({
    clock: () => nowMs(),
    statements: [{ Effect: 'Allow', Action: 's3:PutObject', Resource: `arn:aws:s3:::${Bucket}/allowed/*` }],
  });
});
afterAll(() => s3.stop());

const post = (upload: FormUpload) => postForm(s3, upload);

describe('a form that breaks its policy', () => {
  const set = (more: Fields) => (fields: Fields) => ({ ...fields, ...more });
  const without =
    (...names: string[]) =>
    (fields: Fields) =>
      Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
  const failed = (condition: string) => `Invalid according to Policy: Policy Condition failed: ${condition}`;

  it.each<[string, FormUpload, string, string | RegExp]>([
    ['another key', { change: set({ key: 'other' }) }, 'AccessDenied', failed('["eq", "$key", "posted"]')],
    [
      'another type',
      { change: set({ 'Content-Type': 'text/html' }) },
      'AccessDenied',
      failed('["eq", "$Content-Type", "video/mp4"]'),
    ],
    [
      'no type',
      { change: without('Content-Type') },
      'AccessDenied',
      failed('["eq", "$Content-Type", "video/mp4"]'),
    ],
    [
      'a field of its own',
      { change: set({ 'x-amz-meta-owner': 'me' }) },
      'AccessDenied',
      'Invalid according to Policy: Extra input fields: x-amz-meta-owner',
    ],
    [
      'a redirect of its own',
      { change: set({ success_action_redirect: 'http://evil' }) },
      'AccessDenied',
      /Extra input fields/,
    ],
    ['a byte too much', { content: '12345678' }, 'EntityTooLarge', /exceeds/],
    ['a byte too little', { content: '123456' }, 'EntityTooSmall', /smaller/],
    [
      'another signature',
      { change: set({ 'X-Amz-Signature': '0'.repeat(64) }) },
      'SignatureDoesNotMatch',
      /signature/,
    ],
    [
      'another day',
      { change: set({ 'X-Amz-Date': '20200101T000000Z' }) },
      'AuthorizationHeaderMalformed',
      /scope/,
    ],
    [
      'another policy',
      {
        change: set({
          Policy: Buffer.from('{"expiration":"2099-01-01T00:00:00Z","conditions":[]}').toString('base64'),
        }),
      },
      'SignatureDoesNotMatch',
      /signature/,
    ],
    ['no policy', { change: without('Policy') }, 'AccessDenied', 'Access Denied'],
    ['no signature', { change: without('X-Amz-Signature') }, 'InvalidArgument', /X-Amz-Signature/],
    [
      'an unknown signer',
      { change: (f) => set({ 'X-Amz-Credential': f['X-Amz-Credential']!.replace(/^\w+/, 'AKIANOBODY') })(f) },
      'InvalidAccessKeyId',
      /does not exist/,
    ],
    [
      'an operator that S3 does not know',
      { options: { Conditions: [['ends-with', '$key', 'x']] as never } },
      'InvalidPolicyDocument',
      /Invalid Policy/,
    ],
    [
      'fields of more than 20 KB',
      { change: set({ 'x-ignore-me': 'x'.repeat(21_000) }) },
      'MaxPostPreDataLengthExceeded',
      /too large/,
    ],
  ])('is refused with %s', async (_, upload, code, message) => {
    const before = await s3.blobs();

    const refused = await post({ ...upload, options: { Key: 'posted', ...upload.options } });

    const decoded = refused.message?.replaceAll('&quot;', '"');
    expect(refused.code).toBe(code);
    expect(decoded).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
    expect(await s3.blobs()).toEqual(before);
  });

  it('is refused by the forger’s secret', async () => {
    expect((await post({ signer: s3.forger })).code).toBe('SignatureDoesNotMatch');
  });

  it('is refused from the second on that it expires', async () => {
    const signedMs = Date.now();
    const late = (seconds: number) => () => signedMs + seconds * 1000;

    nowMs = late(58);
    const inTime = await post({ options: { Expires: 60 } });
    nowMs = late(62);
    const tooLate = await post({ options: { Expires: 60 } });
    nowMs = Date.now;

    expect(inTime.response.status).toBe(204);
    expect(tooLate).toMatchObject({
      code: 'AccessDenied',
      message: 'Invalid according to Policy: Policy expired.',
    });
  });

  it('is refused where its signer may not write', async () => {
    const allowed = await post({ signer: s3.role, options: { Key: 'allowed/key' } });
    const denied = await post({ signer: s3.role, options: { Key: 'elsewhere' } });

    expect(allowed.response.status).toBe(204);
    expect(denied).toMatchObject({ code: 'AccessDenied', message: expect.stringContaining('s3:PutObject') });
  });

  it('has its answer read by a client that only sends until it is done', async () => {
    const { fields } = await createPresignedPost(s3.owner, { Bucket, Key: 'large' });
    const content = Buffer.alloc(24 * 1024 * 1024, 'x');
    const body = rawForm({ ...fields, key: 'other' }, content);

    const answer = await exchange(s3.url, `POST /${Bucket} HTTP/1.1`, { 'content-type': rawFormType }, body);

    expect(answer).toMatch(/^HTTP\/1\.1 403 Forbidden/);
    expect(answer).toContain('<Code>AccessDenied</Code>');
    expect((await s3.owner.send(new ListObjectsV2Command({ Bucket, Prefix: 'large' }))).KeyCount).toBe(0);
  });

  it('leaves nothing when it breaks off in the middle', async () => {
    const before = await s3.blobs();
    const { fields } = await createPresignedPost(s3.owner, { Bucket, Key: 'broken off' });
    const body = rawForm(fields, Buffer.alloc(1024 * 1024));

    await exchange(s3.url, `POST /${Bucket} HTTP/1.1`, { 'content-type': rawFormType }, body, {
      stopAfter: 600_000,
      breakOff: () => eventually(async () => (await s3.blobs()).length > before.length),
    });

    await eventually(async () => (await s3.blobs()).length === before.length);
    await expect(s3.owner.send(new HeadObjectCommand({ Bucket, Key: 'broken off' }))).rejects.toThrow();
  });

  it('is held to its policy and its limits in fields that are sent as if they were files, too', async () => {
    const { url, fields } = await createPresignedPost(s3.owner, { Bucket, Key: 'sent as files' });
    const send = async (more: Fields) => {
      const form = new FormData();
      for (const [name, value] of Object.entries({ ...fields, ...more }))
        form.set(name, new Blob([value]), name);
      form.set('file', new Blob(['content']));
      const response = await fetch(url, { method: 'POST', body: form });
      return response.status === 204 ? 'stored' : /<Code>(.*?)<\/Code>/.exec(await response.text())?.[1];
    };

    expect(await send({})).toBe('stored');
    expect(await send({ 'x-amz-meta-extra': 'x' })).toBe('AccessDenied');
    expect(await send({ 'x-ignore-me': 'x'.repeat(30_000) })).toBe('MaxPostPreDataLengthExceeded');
  });

  it('is refused when it is no form at all, or has no file', async () => {
    const notForm = await fetch(`${s3.url}/${Bucket}`, { method: 'POST', body: 'text' });
    const noFile = await fetch(`${s3.url}/${Bucket}`, { method: 'POST', body: new FormData() });

    expect(await notForm.text()).toContain('<Code>MalformedPOSTRequest</Code>');
    expect(await noFile.text()).toContain('POST requires exactly one file upload per request.');
  });
});
