import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { keysOf } from '../support/buckets.ts';
import { cloudOfTwo } from '../support/cloud-of-two.ts';
import { eventually } from '../support/eventually.ts';
import { executionsOf } from '../support/executions.ts';
import { fixtures } from '../support/media.ts';

const talk = join(fixtures, 'talk.mp4');
const { local, alice, bob } = cloudOfTwo();

const cancel = (jobId: string, by = alice()) => by.post(`/api/jobs/${jobId}/cancel/`);

/** What the function that renders logged so far. */
function renderLog(): string {
  const folder = join(local().dataDir, 'logs');
  return readdirSync(folder)
    .filter((name) => name.toLowerCase().includes('renderclip'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('');
}

describe('cancelling', () => {
  it('a job that renders stops its execution, and the function at work; source and finished clips stay', async () => {
    const segments = [
      { start_time: 1, end_time: 3 },
      { start_time: 0, end_time: 42 },
    ];
    const jobId = await alice().start(talk, { segments });
    const clips = async () => (await alice().get(`/api/jobs/${jobId}/clips`)).body.clips;
    await eventually(async () => (await clips()).length === 1);

    const first = await cancel(jobId);
    await eventually(() => renderLog().includes('StaleAttempt'));
    const again = await cancel(jobId);
    const status = await alice().get(`/api/jobs/${jobId}/status`);

    expect(first).toMatchObject({ status: 200, body: { status: 'cancelled', can_retry: false } });
    expect(again).toMatchObject({ status: 200, body: { status: 'cancelled' } });
    expect(await executionsOf(local()).statusOf(jobId)).toBe('ABORTED');
    expect(status.body.segments).toMatchObject([
      { clip_status: 'completed', clip_url: expect.any(String) },
      { clip_status: 'failed', error_code: 'cancelled', clip_url: null },
    ]);
    expect((await fetch(status.body.segments[0].clip_url)).status).toBe(200);
    expect((await keysOf(local(), jobId)).map((key) => key.replace(/.*\//, ''))).toEqual([
      '001.jpg',
      '001.mp4',
      'source.mp4',
    ]);
  });

  it('a job that waits for its upload keeps it from being started, and takes no more parts', async () => {
    const upload = await alice().presign(talk);
    const parted = await alice().post('/api/upload/multipart/initiate', {
      filename: 'talk.mp4',
      file_size: 20_000_000,
    });

    const answers = [await cancel(upload.job_id), await cancel(parted.body.job_id)];
    const start = await alice().post('/api/upload/create-job', {
      job_id: upload.job_id,
      s3_key: upload.s3_key,
    });

    expect(answers.map(({ body }) => body.status)).toEqual(['cancelled', 'cancelled']);
    expect(start).toMatchObject({ status: 404, body: { code: 'upload-not-found' } });
    expect(await keysOf(local(), parted.body.job_id)).toEqual([]);
  });

  it('a job that has ended is refused', async () => {
    const jobId = await alice().start(talk, { segments: [{ start_time: 1, end_time: 2 }] });
    await alice().ended(jobId);

    expect(await cancel(jobId)).toMatchObject({ status: 409, body: { code: 'already-ended' } });
  });

  it("a stranger's job is not found, and goes on", async () => {
    const { job_id } = await alice().presign(talk);

    expect(await cancel(job_id, bob())).toMatchObject({ status: 404, body: { code: 'job-not-found' } });
    expect((await alice().get(`/api/jobs/${job_id}`)).body.status).toBe('awaiting_upload');
  });
});
