import { join } from 'node:path';
import { HeadObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anApi } from '../support/api.ts';
import { aCloud, type TestCloud } from '../support/cloud.ts';
import { fixtures, probeFile, ssimOfFirstFrame } from '../support/media.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const talk = join(fixtures, 'talk.mp4');
const speech = join(fixtures, 'speech.flac');
const newFolder = temporaryFolders();

/**
 * The main job over HTTP. CLIPWRIGHT_URL and CLIPWRIGHT_TOKEN name a deployed stack; without them a local cloud is started.
 */
let local: TestCloud | undefined;
let api: ReturnType<typeof anApi>;

beforeAll(async () => {
  const { CLIPWRIGHT_URL, CLIPWRIGHT_TOKEN } = process.env;
  local = CLIPWRIGHT_URL ? undefined : await aCloud();
  api = anApi(CLIPWRIGHT_URL ?? local?.cloud.apiUrl ?? '', CLIPWRIGHT_TOKEN);
});
afterAll(() => local?.stop());

/** Each clip plays everywhere, is as long as its segment within a frame, and sound and picture start together. */
function expectPlayable(clip: any) {
  const { video, audio } = probeFile(clip.file);
  const [frames = 30, per = 1] = (video?.r_frame_rate ?? '').split('/').map(Number);

  expect(video).toMatchObject({ codec_name: 'h264', pix_fmt: 'yuv420p' });
  expect(audio).toMatchObject({ codec_name: 'aac' });
  expect(Math.abs(Number(video?.duration) - (clip.end_time - clip.start_time))).toBeLessThanOrEqual(
    per / frames + 0.001,
  );
  expect(Math.abs(Number(video?.start_time) - Number(audio?.start_time))).toBeLessThanOrEqual(0.02);
}

describe('the main job', () => {
  it('makes clips of a video, as the example client of the contract asks for them, and leaves nothing behind', async () => {
    const upload = await api.upload(talk);
    const { job_id, s3_key, file_type } = upload;
    const created = await api.post('/api/upload/create-job/', {
      ...{ job_id, s3_key, file_type },
      ...{ num_segments: 3, min_duration: 5, max_duration: 8 },
    });
    const status = await api.ended(job_id);
    const clips = await api.clips(job_id, newFolder());
    const { body: job } = await api.get(`/api/jobs/${job_id}/`);

    expect(upload).toMatchObject({ file_type: 'video', expires_in: 3600 });
    expect(created).toMatchObject({ status: 201, body: { job_id, status: 'pending' } });
    expect(created.headers.get('location')).toBe(`/api/jobs/${job_id}`);
    expect(status).toMatchObject({
      status: 'completed',
      error_code: null,
      progress: { total_segments: 3, segments_identified: 3, clips_completed: 3, percent: 100 },
    });
    expect(clips).toHaveLength(3);
    for (const clip of clips) {
      expectPlayable(clip);
      expect(ssimOfFirstFrame(clip.file, talk, clip.start_time)).toBeGreaterThanOrEqual(0.98);
      expect(clip.end_time - clip.start_time).toBeGreaterThanOrEqual(5);
      expect(clip.end_time - clip.start_time).toBeLessThanOrEqual(8.001);
    }
    expect(job).toMatchObject({ cleanup: 'done', source: { size: 3022780, kind: 'video' } });
    expect(job.bytes_freed).toBe(job.source.size + job.audio.size);
    expect(job.audio.deleted_at).toEqual(expect.any(String));
  });

  it('makes waveform videos of a recording without picture, started by its arrival alone', async () => {
    const { job_id, file_type } = await api.upload(speech, {
      auto_start: true,
      ...{ num_segments: 2, min_duration: 3, max_duration: 5 },
    });
    const status = await api.ended(job_id);
    const clips = await api.clips(job_id, newFolder());

    expect(file_type).toBe('audio');
    expect(status.status).toBe('completed');
    expect(clips).toHaveLength(2);
    for (const clip of clips) {
      expectPlayable(clip);
      expect(probeFile(clip.file).video).toMatchObject({ width: 1280, height: 720 });
    }
  });

  it('renders given segments as they are, and answers the same call with the same job', async () => {
    const { job_id, s3_key } = await api.upload(talk);
    const body = { job_id, s3_key, segments: [{ start_time: 3.21, end_time: 5.5, title: 'Hello <b>' }] };

    const first = await api.post('/api/upload/create-job', body);
    await api.ended(job_id);
    const again = await api.post('/api/upload/create-job', body);
    const [clip] = await api.clips(job_id, newFolder());

    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body.job_id).toBe(job_id);
    expect(clip).toMatchObject({ segment_title: 'Hello <b>', start_time: 3.21, end_time: 5.5 });
    expectPlayable(clip);
    expect(ssimOfFirstFrame(clip.file, talk, 3.21)).toBeGreaterThanOrEqual(0.98);
  });

  it('lists the jobs of the caller, newest first, page by page', async () => {
    const first = await api.get('/api/jobs/?limit=2');
    const second = await api.get(`/api/jobs/?limit=2&cursor=${first.body.next_cursor}`);

    const times = [...first.body.jobs, ...second.body.jobs].map((job) => job.created_at);
    expect(first.body.jobs).toHaveLength(2);
    expect(times).toEqual([...times].sort().reverse());
  });

  it('leaves nothing in the uploads bucket, and clips with posters in the other', async () => {
    if (!local) return;
    const { s3, uploads, clips } = local;

    const left = await s3.send(new ListObjectsV2Command({ Bucket: uploads }));
    const kept = await s3.send(new ListObjectsV2Command({ Bucket: clips }));

    expect(left.Contents ?? []).toEqual([]);
    const keys = (kept.Contents ?? []).map(({ Key = '' }) => Key);
    expect(keys.filter((key) => key.endsWith('.mp4'))).toHaveLength(6);
    expect(keys.filter((key) => key.endsWith('.jpg'))).toHaveLength(6);
    const head = await s3.send(new HeadObjectCommand({ Bucket: clips, Key: keys[0] ?? '' }));
    expect(head.ContentType).toMatch(/^(video\/mp4|image\/jpeg)$/);
  });
});
