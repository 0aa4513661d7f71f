import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { anApi } from '../support/api.ts';
import { cloudOfTwo } from '../support/cloud-of-two.ts';
import { fixtures, runFfmpegHere } from '../support/media.ts';
import { anUploadInParts } from '../support/send-parts.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const newFolder = temporaryFolders();
const oneClip = { segments: [{ start_time: 100, end_time: 102 }] };
const { local, alice, bob } = cloudOfTwo();
let recording: Buffer;

beforeAll(async () => {
  const path = join(newFolder(), 'talk.mp4');
  runFfmpegHere('-stream_loop', '3', '-i', join(fixtures, 'talk.mp4'), '-c', 'copy', path);
  recording = readFileSync(path);
});

describe('a recording that goes up in parts', () => {
  it('goes on after a break with the parts that are missing, is completed once, and becomes clips', async () => {
    const upload = await anUploadInParts(alice(), recording);
    const [one, , three] = upload.numbers;
    await upload.send(three!, one!);

    const early = await upload.call('complete', { parts: await upload.send(one!, three!) });
    const { body: found } = await upload.call('parts');
    const there = found.parts.map((part: any) => part.part_number);
    const missing = upload.numbers.filter((number) => !there.includes(number));
    const sent = await upload.send(...missing);
    const parts = [
      ...found.parts.map((part: any) => ({ PartNumber: part.part_number, ETag: part.etag })),
      ...sent,
    ];
    const completed = await upload.call('complete', { parts });
    const again = await upload.call('complete', { parts });
    const { job_id, s3_key } = upload.claim;
    const created = await alice().post('/api/upload/create-job/', { job_id, s3_key, ...oneClip });
    const status = await alice().ended(job_id);
    const clips = await alice().clips(job_id, newFolder());
    const afterwards = await upload.call('complete', { parts });

    expect(upload.begun.body).toMatchObject({ file_type: 'video', num_parts: 3, part_size: 5 * 1024 ** 2 });
    expect(early).toMatchObject({ status: 409, body: { code: 'upload-incomplete' } });
    expect(early.body.errors).toMatchObject([{ field: 'parts', message: expect.stringContaining('Part 2') }]);
    expect(found).toMatchObject({ num_parts: 3, part_size: 5 * 1024 ** 2 });
    expect(missing).toEqual([2]);
    expect(completed).toMatchObject({
      status: 200,
      body: { s3_key, size: recording.length, etag: expect.stringMatching(/^[0-9a-f]{32}-3$/) },
    });
    expect([again.body, afterwards.body]).toEqual([completed.body, completed.body]);
    expect(created.status).toBe(201);
    expect(status).toMatchObject({ status: 'completed', progress: { clips_completed: 1 } });
    expect(clips).toMatchObject([{ start_time: 100, end_time: 102 }]);
  });

  it('starts by itself where that was asked', async () => {
    const upload = await anUploadInParts(alice(), recording, { auto_start: true, ...oneClip });

    await upload.call('complete', { parts: await upload.send(...upload.numbers) });
    const status = await alice().ended(upload.claim.job_id);

    expect(status.status).toBe('completed');
  });

  it('takes exactly its bytes for each part', async () => {
    const upload = await anUploadInParts(alice(), recording);
    const { body } = await upload.call('urls', { part_numbers: [3] });

    const put = (bytes: Uint8Array) =>
      fetch(body.urls[0].url, { method: 'PUT', body: new Uint8Array(bytes) }).then(({ status }) => status);

    expect(body.expires_in).toBe(3600);
    expect(await put(upload.bytesOf(2))).toBe(403);
    expect(await put(upload.bytesOf(3))).toBe(200);
  });

  it('can be given up, with its job and all that was sent', async () => {
    const upload = await anUploadInParts(alice(), recording);
    await upload.send(1);

    const aborted = await upload.call('abort');
    const again = await upload.call('abort');
    const later = await Promise.all([
      upload.call('urls', { part_numbers: [2] }),
      upload.call('parts'),
      upload.call('complete', { parts: [{ PartNumber: 1, ETag: 'x' }] }),
    ]);
    const { UploadId } = { UploadId: upload.claim.upload_id };
    const open = await local().s3.send(new ListMultipartUploadsCommand({ Bucket: local().uploads }));

    expect([aborted.status, again.status]).toEqual([204, 204]);
    expect(later.map(({ status, body }) => [status, body.code])).toEqual(
      Array(3).fill([404, 'upload-not-found']),
    );
    expect((open.Uploads ?? []).map((one) => one.UploadId)).not.toContain(UploadId);
    expect((await alice().get(`/api/jobs/${upload.claim.job_id}`)).body.status).toBe('cancelled');
  });
});

describe('strangers', () => {
  it("reach no upload of another's, by no route", async () => {
    const upload = await anUploadInParts(alice(), recording);
    await upload.send(1);
    const asked = {
      urls: { part_numbers: [1] },
      parts: {},
      complete: { parts: [{ PartNumber: 1, ETag: 'x' }] },
      abort: {},
    };

    const answers = await Promise.all(
      Object.entries(asked).map(([step, more]) => upload.call(step, more, bob())),
    );
    const nobody = await upload.call('parts', {}, anApi(local().cloud.apiUrl));

    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      Array(4).fill([404, 'job-not-found']),
    );
    expect(nobody.status).toBe(401);
    expect((await upload.call('parts')).body.parts).toHaveLength(1);
  });

  it("cannot mix the key or upload of another's into their own job", async () => {
    const theirs = await anUploadInParts(alice(), recording);
    const own = await anUploadInParts(bob(), recording);
    const { s3_key, upload_id } = theirs.claim;

    const answers = await Promise.all([own.call('parts', { s3_key }), own.call('abort', { upload_id })]);

    expect(answers.map(({ status, body }) => [status, body.code, body.errors[0].field])).toEqual([
      [409, 'wrong-key', 's3_key'],
      [409, 'wrong-key', 'upload_id'],
    ]);
  });
});

describe('a file that is too large', () => {
  const presign = (file_size: number) =>
    alice().post('/api/upload/presigned-url/', { filename: 'talk.mp4', file_size });

  it('for one form is told where to begin in parts, and may be up to 100 GiB there', async () => {
    const { status, body } = await presign(6 * 1024 ** 3);
    const begun = await alice().post(body.link, { filename: 'talk.mp4', file_size: 100 * 1024 ** 3 });
    const beyond = await alice().post(body.link, { filename: 'talk.mp4', file_size: 100 * 1024 ** 3 + 1 });

    expect([status, body.code, body.errors[0].field]).toEqual([422, 'multipart-required', 'file_size']);
    expect(begun.body).toMatchObject({ num_parts: 6400, part_size: 16 * 1024 ** 2 });
    expect(beyond).toMatchObject({ status: 422, body: { code: 'file-too-large' } });
  });
});
