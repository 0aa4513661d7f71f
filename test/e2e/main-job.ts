import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { anApi } from '../support/api.ts';
import { fixtures, probeFile, ssimOfFirstFrame } from '../support/media.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const talk = join(fixtures, 'talk.mp4');
const speech = join(fixtures, 'speech.flac');

/** Where the service is, and the token of who tells the story; without one the API must be open to all. */
export interface Caller {
  url: string;
  token?: string;
}

/**
 * The main job, as its caller sees it: over HTTP, from one URL alone. Of a local cloud or a deployed one: both tell the
 * same story. `whileKept` are tests of what lies there before the jobs are deleted.
 */
export function tellMainJob(caller: () => Caller, whileKept?: () => void): void {
  const newFolder = temporaryFolders();
  const made: string[] = [];
  const api = () => anApi(caller().url, caller().token);
  const upload = async (path: string, settings?: object) => {
    const answer = await api().upload(path, settings);
    made.push(answer.job_id);
    return answer;
  };

  describe('the service', () => {
    it('says that it is well, and has a page', async () => {
      const page = await fetch(caller().url);

      expect(await api().get('/api/health')).toMatchObject({ status: 200, body: { status: 'ok' } });
      expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    });

    it('lets nobody in without a token, if it asks for one', async () => {
      const { status } = await anApi(caller().url).get('/api/jobs/?limit=1');

      expect(status).toBe(caller().token ? 401 : 200);
    });
  });

  describe('the main job', () => {
    it('makes clips of a video, as the example client of the contract asks for them, and leaves nothing behind', async () => {
      const asked = await upload(talk);
      const { job_id, s3_key, file_type } = asked;
      const created = await api().post('/api/upload/create-job/', {
        ...{ job_id, s3_key, file_type },
        ...{ num_segments: 3, min_duration: 3, max_duration: 8 },
      });
      const status = await api().ended(job_id);
      const clips = await api().clips(job_id, newFolder());
      const { body: job } = await api().get(`/api/jobs/${job_id}/`);

      expect(asked).toMatchObject({ file_type: 'video', expires_in: expect.any(Number) });
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
        expect(clip.end_time - clip.start_time).toBeGreaterThanOrEqual(3);
        expect(clip.end_time - clip.start_time).toBeLessThanOrEqual(8.001);
      }
      expect(job).toMatchObject({ cleanup: 'done', source: { size: 3022780, kind: 'video' } });
      expect(job.bytes_freed).toBe(job.source.size + job.audio.size);
      expect(job.audio.deleted_at).toEqual(expect.any(String));
      // Five steps, and a call for each clip; what they take is another matter on each machine.
      expect(job.usage.function_calls).toBeGreaterThanOrEqual(8);
      expect(job.usage.gb_seconds).toBeGreaterThan(1);
      expect(job.cost.total).toBeGreaterThan(0.0003);
    });

    it('makes waveform videos of a recording without picture, started by its arrival alone', async () => {
      const { job_id, file_type } = await upload(speech, {
        auto_start: true,
        ...{ num_segments: 2, min_duration: 3, max_duration: 5 },
      });
      const status = await api().ended(job_id);
      const clips = await api().clips(job_id, newFolder());

      expect(file_type).toBe('audio');
      expect(status.status).toBe('completed');
      expect(clips).toHaveLength(2);
      for (const clip of clips) {
        expectPlayable(clip);
        expect(probeFile(clip.file).video).toMatchObject({ width: 1280, height: 720 });
      }
    });

    it('renders given segments as they are, and answers the same call with the same job', async () => {
      const { job_id, s3_key } = await upload(talk);
      const body = { job_id, s3_key, segments: [{ start_time: 3.21, end_time: 5.5, title: 'Hello <b>' }] };

      const first = await api().post('/api/upload/create-job', body);
      await api().ended(job_id);
      const again = await api().post('/api/upload/create-job', body);
      const [clip] = await api().clips(job_id, newFolder());

      expect([first.status, again.status]).toEqual([201, 200]);
      expect(again.body.job_id).toBe(job_id);
      expect(clip).toMatchObject({ segment_title: 'Hello <b>', start_time: 3.21, end_time: 5.5 });
      expectPlayable(clip);
      expect(ssimOfFirstFrame(clip.file, talk, 3.21)).toBeGreaterThanOrEqual(0.98);
    });

    it('lists the jobs of the caller, newest first, page by page', async () => {
      const first = await api().get('/api/jobs/?limit=2');
      const second = await api().get(`/api/jobs/?limit=2&cursor=${first.body.next_cursor}`);

      const times = [...first.body.jobs, ...second.body.jobs].map((job) => job.created_at);
      expect(first.body.jobs).toHaveLength(2);
      expect(times).toEqual([...times].sort().reverse());
    });

    whileKept?.();

    // Also where a test before has failed: what is there by then costs money.
    it("goes at its owner's word", async () => {
      for (const jobId of made) {
        if ((await api().delete(`/api/jobs/${jobId}/`)).status === 204) continue;
        await api().post(`/api/jobs/${jobId}/cancel`);
        expect(await api().delete(`/api/jobs/${jobId}/`)).toMatchObject({ status: 204 });
      }

      const left = await Promise.all(made.map((jobId) => api().get(`/api/jobs/${jobId}/`)));
      expect(left.map(({ status }) => status)).toEqual(made.map(() => 404));
      expect(made).toHaveLength(3);
    });
  });
}

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
