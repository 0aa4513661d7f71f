import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { anApi, postForm, type Upload } from '../support/api.ts';
import { cloudOfTwo } from '../support/cloud-of-two.ts';
import { fixtures } from '../support/media.ts';

const speech = join(fixtures, 'speech.flac');
const content = readFileSync(speech);
const { local, alice, bob } = cloudOfTwo();

const presignUrl = '/api/upload/presigned-url/';
const createUrl = '/api/upload/create-job/';

describe('bad input', () => {
  it.each([
    ['a missing filename', presignUrl, { file_size: 1 }, 422, 'validation-failed', 'filename'],
    [
      'an unknown type',
      presignUrl,
      { filename: 'a.exe', file_size: 1 },
      422,
      'unsupported-file-type',
      'filename',
    ],
    [
      'a negative size',
      presignUrl,
      { filename: 'a.mp4', file_size: -1 },
      422,
      'validation-failed',
      'file_size',
    ],
    [
      'a size above 5 GiB',
      presignUrl,
      { filename: 'a.mp4', file_size: 6e9 },
      422,
      'multipart-required',
      'file_size',
    ],
    [
      'an unknown field',
      presignUrl,
      { filename: 'a.mp4', file_size: 1, owner: 'x' },
      422,
      'validation-failed',
      'owner',
    ],
    ['bad JSON', presignUrl, '{"filename":', 400, 'invalid-json', undefined],
    ['no body', presignUrl, undefined, 400, 'invalid-json', undefined],
    ['a wrong job_id', createUrl, { job_id: 'x', s3_key: 'y' }, 404, 'job-not-found', undefined],
    [
      'too many segments',
      createUrl,
      { job_id: 'x', s3_key: 'y', num_segments: 99 },
      422,
      'validation-failed',
      'num_segments',
    ],
  ])('%s is refused as a problem with a code', async (_what, path, body, status, code, field) => {
    const answer = await alice().post(path, body);

    expect(answer).toMatchObject({ status, body: { status, code, request_id: expect.any(String) } });
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.body.errors.map((error: any) => error.field)).toEqual(field ? [field] : []);
  });

  it('health answers who asks for the status alone', async () => {
    const { status, headers } = await fetch(new URL('/api/health', local().cloud.apiUrl), { method: 'HEAD' });

    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
  });

  it('a path that is none is a problem too', async () => {
    expect(await alice().get('/api/nonsense')).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  it('a cursor or a limit that is none names the field', async () => {
    expect((await alice().get('/api/jobs?cursor=nonsense')).body.errors[0].field).toBe('cursor');
    expect((await alice().get('/api/jobs?limit=many')).body.errors[0].field).toBe('limit');
  });

  it('create-job before the upload is refused, and possible afterwards', async () => {
    const upload = await alice().presign(speech);
    const body = { job_id: upload.job_id, s3_key: upload.s3_key, segments: [{ start_time: 1, end_time: 3 }] };

    const early = await alice().post(createUrl, body);
    await postForm(upload, content);
    const late = await alice().post(createUrl, body);

    expect(early).toMatchObject({ status: 409, body: { code: 'source-not-uploaded' } });
    expect(late.status).toBe(201);
  });
});

describe('strangers', () => {
  it('without a token get nothing but health and the document', async () => {
    const nobody = anApi(local().cloud.apiUrl);

    expect((await nobody.get('/api/jobs')).status).toBe(401);
    expect((await nobody.post(presignUrl, {})).status).toBeGreaterThanOrEqual(400);
    expect((await nobody.get('/api/health')).status).toBe(200);
    expect((await nobody.get('/api/openapi.json')).body.openapi).toBe('3.1.0');
  });

  it("see no job of another's, by no route, and cannot start one", async () => {
    const upload = await alice().upload(speech);
    const { job_id, s3_key } = upload;

    const reads = await Promise.all(
      ['', '/status', '/clips'].map((suffix) => bob().get(`/api/jobs/${job_id}${suffix}`)),
    );
    const start = await bob().post(createUrl, { job_id, s3_key });
    const list = await bob().get('/api/jobs');

    expect(reads.map(({ status, body }) => [status, body.code])).toEqual(
      Array(3).fill([404, 'job-not-found']),
    );
    expect(start).toMatchObject({ status: 404, body: { code: 'job-not-found' } });
    expect(JSON.stringify(list.body)).not.toContain(job_id);
  });

  it("cannot start their own job on someone else's key", async () => {
    const theirs = await alice().upload(speech);
    const own = await bob().presign(speech);

    const start = await bob().post(createUrl, { job_id: own.job_id, s3_key: theirs.s3_key });

    expect(start).toMatchObject({ status: 409, body: { code: 'wrong-key' } });
  });
});

describe('an upload that breaks its policy', () => {
  const altered = (upload: Upload, fields: Record<string, string>) => ({
    ...upload,
    upload_fields: { ...upload.upload_fields, ...fields },
  });

  it.each([
    ['is larger', (upload: Upload) => upload, Buffer.concat([content, content]), 400, 'EntityTooLarge'],
    ['is smaller', (upload: Upload) => upload, content.subarray(1), 400, 'EntityTooSmall'],
    [
      'has another key',
      (upload: Upload) => altered(upload, { key: 'uploads/x/y/source.flac' }),
      content,
      403,
      'AccessDenied',
    ],
    [
      'has another type',
      (upload: Upload) => altered(upload, { 'Content-Type': 'text/html' }),
      content,
      403,
      'AccessDenied',
    ],
    [
      'has a bad signature',
      (upload: Upload) => altered(upload, { 'X-Amz-Signature': '0'.repeat(64) }),
      content,
      403,
      'SignatureDoesNotMatch',
    ],
  ])('because it %s is refused by S3 as S3 refuses it', async (_what, alter, bytes, status, code) => {
    const upload = await alice().presign(speech);

    const response = await postForm(alter(upload), bytes);

    expect(response.status).toBe(status);
    expect(await response.text()).toContain(`<Code>${code}</Code>`);
  });
});
