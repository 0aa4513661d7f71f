import { openAsBlob, statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anApi } from '../support/api.ts';
import { aCloud, type TestCloud } from '../support/cloud.ts';
import { makeLongSource } from '../support/long-source.ts';
import { probeFile, ssimOfFirstFrame } from '../support/media.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const newFolder = temporaryFolders();
let sources: string;
let local: TestCloud;

beforeAll(async () => {
  sources = newFolder();
  local = await aCloud();
});
afterAll(() => local.stop());

describe('twelve minutes of 1080p video', () => {
  it.each(['front', 'end'] as const)(
    'with its index at the %s becomes 5 clips, of which probe and cuts read under 8 %% of its bytes',
    async (index) => {
      const api = anApi(local.cloud.apiUrl);
      const path = makeLongSource(sources, { index, minutes: 12, kilobitsPerSecond: 2000 });
      const file_size = statSync(path).size;

      const { body: upload } = await api.post('/api/upload/presigned-url/', {
        filename: 'long.mp4',
        file_size,
      });
      const form = new FormData();
      for (const [name, value] of Object.entries<string>(upload.upload_fields)) form.append(name, value);
      form.append('file', await openAsBlob(path), 'long.mp4');
      const posted = await fetch(upload.upload_url, { method: 'POST', body: form });
      const { job_id, s3_key } = upload;
      const settings = { num_segments: 5, min_duration: 2, max_duration: 3 };
      const created = await api.post('/api/upload/create-job/', { job_id, s3_key, ...settings });
      const status = await api.ended(job_id);
      const clips = await api.clips(job_id, newFolder());
      const { body: job } = await api.get(`/api/jobs/${job_id}`);

      expect([posted.status, created.status, status.status]).toEqual([204, 201, 'completed']);
      expect(clips).toHaveLength(5);
      for (const clip of clips) {
        const { video } = probeFile(clip.file);
        expect(Math.abs(Number(video?.duration) - (clip.end_time - clip.start_time))).toBeLessThanOrEqual(
          1 / 30 + 0.001,
        );
      }
      expect(ssimOfFirstFrame(clips[0].file, path, clips[0].start_time)).toBeGreaterThanOrEqual(0.98);
      expect(job.bytes_read.probe + job.bytes_read.clips).toBeLessThan(0.08 * file_size);
      expect(job.bytes_read.audio).toBeLessThanOrEqual(1.02 * file_size);
      expect(job.source.deleted_at).toEqual(expect.any(String));
    },
  );
});
