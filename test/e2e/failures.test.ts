import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anApi } from '../support/api.ts';
import { aCloud, type TestCloud } from '../support/cloud.ts';
import { fixtures } from '../support/media.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const talk = join(fixtures, 'talk.mp4');
const speech = join(fixtures, 'speech.flac');
const newFolder = temporaryFolders();
let local: TestCloud;
let api: ReturnType<typeof anApi>;

beforeAll(async () => {
  local = await aCloud();
  api = anApi(local.cloud.apiUrl);
});
afterAll(() => local.stop());

async function sourceIsThere(jobId: string): Promise<boolean> {
  const { body } = await api.get(`/api/jobs/${jobId}`);
  const head = new HeadObjectCommand({ Bucket: local.uploads, Key: body.source.s3_key });
  return local.s3.send(head).then(
    () => true,
    () => false,
  );
}

describe('a job that cannot be done', () => {
  it('with a file that is no recording fails as not_media, and keeps the file', async () => {
    const path = join(newFolder(), 'notes.mp4');
    writeFileSync(path, 'These are my notes, and no video at all.\n'.repeat(100));

    const jobId = await api.start(path);
    const status = await api.ended(jobId);

    expect(status).toMatchObject({
      status: 'failed',
      error_code: 'not_media',
      error_message: expect.any(String),
    });
    expect(await sourceIsThere(jobId)).toBe(true);
  });

  it('with less sound than was asked for fails as source_too_short, and says what to do', async () => {
    const jobId = await api.start(speech, { min_duration: 30 });
    const status = await api.ended(jobId);

    expect(status).toMatchObject({ status: 'failed', error_code: 'source_too_short' });
    expect(status.error_message).toMatch(/11(\.0)? s/);
    expect(await sourceIsThere(jobId)).toBe(true);
  });

  it('with a given segment behind its end fails as segment_out_of_range, and says which', async () => {
    const jobId = await api.start(speech, { segments: [{ start_time: 40, end_time: 50, title: 'The end' }] });
    const status = await api.ended(jobId);

    expect(status).toMatchObject({ status: 'failed', error_code: 'segment_out_of_range' });
    expect(status.error_message).toContain('The end');
  });

  it('with one clip that always fails keeps the others, and the source', async () => {
    // The index in front says 42 s, but the second half is missing.
    const path = join(newFolder(), 'broken.mp4');
    const whole = readFileSync(talk);
    writeFileSync(path, whole.subarray(0, Math.floor(whole.length / 2)));

    const jobId = await api.start(path, {
      segments: [
        { start_time: 1, end_time: 4 },
        { start_time: 35, end_time: 38 },
      ],
    });
    const status = await api.ended(jobId);
    const clips = await api.clips(jobId, newFolder());

    expect(status).toMatchObject({ status: 'failed', error_code: 'clips_failed' });
    expect(status.segments.map((segment: any) => [segment.clip_status, segment.error_code])).toEqual([
      ['completed', null],
      ['failed', 'damaged_media'],
    ]);
    expect(clips).toHaveLength(1);
    expect(await sourceIsThere(jobId)).toBe(true);
  });

  it('because its source was overwritten meanwhile fails as source_changed, and keeps what is there now', async () => {
    const upload = await api.upload(talk);
    const { job_id, s3_key } = upload;
    const segments = [1, 5, 9, 13, 17, 21, 25, 29].map((start_time) => ({
      start_time,
      end_time: start_time + 8,
    }));
    await api.post('/api/upload/create-job', { job_id, s3_key, segments });

    await local.s3.send(
      new PutObjectCommand({ Bucket: local.uploads, Key: s3_key, Body: readFileSync(speech) }),
    );
    const status = await api.ended(job_id);

    expect(status).toMatchObject({ status: 'failed', error_code: 'source_changed' });
    expect(await sourceIsThere(job_id)).toBe(true);
  });
});
