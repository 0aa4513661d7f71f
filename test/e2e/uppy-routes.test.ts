import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { anApi } from '../support/api.ts';
import { cloudOfTwo } from '../support/cloud-of-two.ts';
import { fixtures, runFfmpegHere } from '../support/media.ts';
import { runUppy } from '../support/run-uppy.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const newFolder = temporaryFolders();
const talk = join(fixtures, 'talk.mp4');
const oneClip = { segments: JSON.stringify([{ start_time: 1, end_time: 3, title: 'Hello' }]) };
const { local, alice, bob } = cloudOfTwo();
let longTalk: string;

beforeAll(async () => {
  longTalk = join(newFolder(), 'long.mp4');
  runFfmpegHere('-stream_loop', '3', '-i', talk, '-c', 'copy', longTalk);
});

const sizeOf = (path: string) => statSync(path).size;
const uppyOf = (path: string, meta: Record<string, unknown> = { file_size: sizeOf(path) }) => ({
  companionEndpoint: new URL('/api/uppy', local().cloud.apiUrl).href,
  token: local().cloud.tokens?.alice,
  path,
  meta,
});
const jobIdOf = (key = '') => key.split('/')[2] ?? '';

describe('Uppy, as it is published', () => {
  it('uploads in parts, goes on after a break without sending one twice, and the job starts by itself', async () => {
    const meta = { file_size: sizeOf(longTalk), ...oneClip };

    const outcome = await runUppy({ ...uppyOf(longTalk, meta), multipart: true, breakAt: 2 });
    const jobId = jobIdOf(outcome.body?.key);
    const status = await alice().ended(jobId);

    expect(outcome.sent).toEqual(['1', '2', '2', '3']);
    expect(outcome.failures).toHaveLength(1);
    expect(outcome.body?.location).toBe(`/api/jobs/${jobId}`);
    expect(status).toMatchObject({ status: 'completed', segments: [{ title: 'Hello', end_time: 3 }] });
    expect((await alice().get(`/api/jobs/${jobId}`)).body.filename).toBe('My talk.mp4');
  });

  it('uploads a small file in one form', async () => {
    const meta = { file_size: String(sizeOf(talk)), num_segments: '1', min_duration: '2', max_duration: 3 };

    const outcome = await runUppy({ ...uppyOf(talk, meta), multipart: false });
    const status = await alice().ended(jobIdOf(outcome.body?.key));

    expect(outcome).toMatchObject({ failures: [], sent: ['whole'] });
    expect(status).toMatchObject({ status: 'completed', progress: { total_segments: 1 } });
  });

  it('waits for create-job where that was asked', async () => {
    const meta = { file_size: sizeOf(talk), auto_start: false };

    const { body } = await runUppy({ ...uppyOf(talk, meta), multipart: true });

    expect((await alice().get(`/api/jobs/${jobIdOf(body?.key)}`)).body.status).toBe('awaiting_upload');
  });
});

describe('the routes for Uppy', () => {
  const begin = (metadata: unknown, as = alice()) =>
    as.post('/api/uppy/s3/multipart', { filename: 'talk.mp4', type: 'video/mp4', metadata });

  it.each([
    ['without a size', {}, /setFileMeta/, 'metadata.file_size'],
    ['without metadata', undefined, /setFileMeta/, 'metadata.file_size'],
    ['with a size that is none', { file_size: 'big' }, /number/, 'metadata.file_size'],
    ['with parts that S3 does not take', { file_size: 1, part_size: '1000' }, /./, 'metadata.part_size'],
    ['with segments that are no JSON', { file_size: 1, segments: '[{' }, /a list/, 'metadata.segments'],
  ])('refuse an upload %s, saying what to do', async (_what, metadata, message, field) => {
    const answer = await begin(metadata);

    expect(answer).toMatchObject({ status: 422, body: { code: 'validation-failed' } });
    expect(answer.body.errors).toEqual([{ field, message: expect.stringMatching(message) }]);
  });

  it('cut as metadata.part_size says', async () => {
    const { body } = await begin({ file_size: 20_000_000, part_size: 6_000_000, auto_start: 'false' });
    const path = `/api/uppy/s3/multipart/${body.uploadId}`;
    const query = `?${new URLSearchParams({ key: body.key })}`;

    const last = await alice().get(`${path}/4${query}`);
    const beyond = await alice().get(`${path}/5${query}`);
    const nonsense = await alice().get(`${path}/x${query}`);

    expect(last).toMatchObject({ status: 200, body: { url: expect.any(String), expires: 3600 } });
    expect([beyond.status, nonsense.status]).toEqual([422, 422]);
    const put = (length: number) =>
      fetch(last.body.url, {
        method: 'PUT',
        body: new Uint8Array(readFileSync(longTalk)).subarray(0, length),
      });
    expect((await put(6_000_000)).status).toBe(403);
    expect((await put(2_000_000)).status).toBe(200);
    expect((await alice().get(path + query)).body).toMatchObject([{ PartNumber: 4, Size: 2_000_000 }]);
  });

  it('let strangers reach nothing, and nobody without a token', async () => {
    const { body } = await begin({ file_size: 1000 });
    const path = `/api/uppy/s3/multipart/${body.uploadId}`;
    const query = `?${new URLSearchParams({ key: body.key })}`;
    const complete = { parts: [{ PartNumber: 1, ETag: 'x' }] };

    const answers = [
      await bob().get(path + query),
      await bob().get(`${path}/1${query}`),
      await bob().post(`${path}/complete${query}`, complete),
      await bob().delete(path + query),
      await alice().get(`${path}?key=${encodeURIComponent('uploads/a/b/source.mp4')}`),
    ];
    const nobody = await begin({ file_size: 1000 }, anApi(local().cloud.apiUrl));

    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      Array(5).fill([404, 'job-not-found']),
    );
    expect(nobody.status).toBe(401);
    expect((await alice().get(path + query)).body).toEqual([]);
  });

  it('give an upload up', async () => {
    const { body } = await begin({ file_size: 1000 });
    const url = `/api/uppy/s3/multipart/${body.uploadId}?${new URLSearchParams({ key: body.key })}`;

    const answers = [await alice().delete(url), await alice().delete(url), await alice().get(url)];

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 404]);
    expect((await alice().get(`/api/jobs/${jobIdOf(body.key)}`)).body.status).toBe('cancelled');
  });
});
