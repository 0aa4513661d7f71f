import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { createPresignedPost, type PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aLocalS3, bucketName as Bucket, type LocalS3 } from '../support/local-s3.ts';
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

type Fields = Record<string, string>;

interface Upload {
  signer?: LocalS3['owner'];
  options?: Partial<PresignedPostOptions>;
  /** Changes the form that was signed. */
  change?: (fields: Fields) => Fields;
  content?: string;
  filename?: string;
}

/** As the application signs it: key, type and exact length pinned. */
async function post({
  signer = s3.owner,
  options,
  change = (fields) => fields,
  content = 'content',
  filename = 'file.mp4',
}: Upload) {
  const { url, fields } = await createPresignedPost(signer, {
    Bucket,
    Key: 'posted',
    Fields: { 'Content-Type': 'video/mp4' },
    Conditions: [['content-length-range', 7, 7]],
    ...options,
  });
  const form = new FormData();
  for (const [name, value] of Object.entries(change(fields))) form.set(name, value);
  form.set('file', new Blob([content]), filename);
  const response = await fetch(url, { method: 'POST', body: form, redirect: 'manual' });
  const text = await response.text();
  return {
    response,
    text,
    code: /<Code>(.*?)<\/Code>/.exec(text)?.[1],
    message: /<Message>(.*?)<\/Message>/.exec(text)?.[1],
  };
}

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

describe('a form that breaks its policy', () => {
  const set = (more: Fields) => (fields: Fields) => ({ ...fields, ...more });
  const without =
    (...names: string[]) =>
    (fields: Fields) =>
      Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
  const failed = (condition: string) => `Invalid according to Policy: Policy Condition failed: ${condition}`;

  it.each<[string, Upload, string, string | RegExp]>([
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
      breakOff: () => until(async () => (await s3.blobs()).length > before.length),
    });

    await until(async () => (await s3.blobs()).length === before.length);
    await expect(s3.owner.send(new HeadObjectCommand({ Bucket, Key: 'broken off' }))).rejects.toThrow();
  });

  it('is refused when it is no form at all, or has no file', async () => {
    const notForm = await fetch(`${s3.url}/${Bucket}`, { method: 'POST', body: 'text' });
    const noFile = await fetch(`${s3.url}/${Bucket}`, { method: 'POST', body: new FormData() });

    expect(await notForm.text()).toContain('<Code>MalformedPOSTRequest</Code>');
    expect(await noFile.text()).toContain('POST requires exactly one file upload per request.');
  });
});

const boundary = 'boundary';
const rawFormType = `multipart/form-data; boundary=${boundary}`;

function rawForm(fields: Fields, file: Buffer): Buffer {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = `${parts.join('')}--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), file, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
}
