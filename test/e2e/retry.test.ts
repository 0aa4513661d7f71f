import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { cloudOfTwo } from '../support/cloud-of-two.ts';
import { eventually } from '../support/eventually.ts';
import { executionsOf } from '../support/executions.ts';
import { metricsIn, readLogs } from '../support/function-logs.ts';
import { fixtures } from '../support/media.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const talk = join(fixtures, 'talk.mp4');
const newFolder = temporaryFolders();
const markedName = 'half-of-a-secret';
const { local, alice, bob } = cloudOfTwo();

const retry = (jobId: string, by = alice()) => by.post(`/api/jobs/${jobId}/retry/`);

/** Its index says 42 s, but the second half is missing: the first clip can be rendered, the second never. */
async function aHalfFailedJob(): Promise<string> {
  const path = join(newFolder(), `${markedName}.mp4`);
  const whole = readFileSync(talk);
  writeFileSync(path, whole.subarray(0, whole.length / 2));
  const segments = [1, 35].map((start_time) => ({ start_time, end_time: start_time + 3 }));
  const jobId = await alice().start(path, { segments });
  await alice().ended(jobId);
  return jobId;
}

async function sourceOf(jobId: string) {
  return { Bucket: local().uploads, Key: (await alice().get(`/api/jobs/${jobId}`)).body.source.s3_key };
}

describe('a retry', () => {
  it('renders only what the first attempt left unfinished, and completes the job', async () => {
    const segments = [
      { start_time: 1, end_time: 3 },
      { start_time: 4, end_time: 40 },
    ];
    const jobId = await alice().start(talk, { segments });
    const clipsDone = async () => (await alice().get(`/api/jobs/${jobId}/clips`)).body.total_clips;
    await eventually(async () => (await clipsDone()) === 1);
    await executionsOf(local()).stop(jobId);
    const failed = await alice().ended(jobId);
    const [first] = (await alice().get(`/api/jobs/${jobId}/clips`)).body.clips;

    const retried = await retry(jobId);
    const completed = await alice().ended(jobId);
    const clips = await alice().clips(jobId, newFolder());

    expect(failed).toMatchObject({ status: 'failed', can_retry: true });
    expect(retried).toMatchObject({
      status: 200,
      body: { status: 'pending', attempt: 2, error_code: null, can_retry: false },
    });
    expect(completed).toMatchObject({ status: 'completed', source_deleted_at: expect.any(String) });
    expect(clips).toHaveLength(2);
    expect(clips[0].completed_at).toBe(first.completed_at);
    expect(await executionsOf(local()).endOf(jobId, 2)).toBe('SUCCEEDED');
  });

  it('may fail again, keeps the finished clip each time, and ends after five attempts', async () => {
    const jobId = await aHalfFailedJob();
    const [first] = (await alice().get(`/api/jobs/${jobId}/clips`)).body.clips;

    const statuses: any[] = [];
    for (const _ of [2, 3, 4, 5]) {
      await retry(jobId);
      statuses.push(await alice().ended(jobId));
    }
    const sixth = await retry(jobId);

    expect(statuses.map(({ error_code, can_retry }) => [error_code, can_retry])).toEqual([
      ...Array(3).fill(['clips_failed', true]),
      ['clips_failed', false],
    ]);
    expect(sixth).toMatchObject({
      status: 409,
      body: { code: 'not-retryable', detail: expect.stringMatching(/5 times/) },
    });
    expect((await alice().get(`/api/jobs/${jobId}/clips`)).body.clips).toMatchObject([
      { clip_id: 1, completed_at: first.completed_at },
    ]);
  });

  it('is refused when the source was overwritten or is gone, and says so', async () => {
    const jobId = await aHalfFailedJob();
    const source = await sourceOf(jobId);

    await local().s3.send(new PutObjectCommand({ ...source, Body: 'another' }));
    const replaced = await retry(jobId);
    await local().s3.send(new DeleteObjectCommand(source));
    const gone = await retry(jobId);

    expect(replaced).toMatchObject({
      status: 409,
      body: { code: 'not-retryable', detail: expect.stringMatching(/replaced/) },
    });
    expect(gone).toMatchObject({
      status: 409,
      body: { code: 'not-retryable', detail: expect.stringMatching(/no longer there/) },
    });
    expect((await alice().get(`/api/jobs/${jobId}`)).body).toMatchObject({ status: 'failed', attempt: 1 });
  });

  it("of a job that has not failed is refused, and a stranger's job is not found", async () => {
    const { job_id } = await alice().presign(talk);

    expect(await retry(job_id)).toMatchObject({ status: 409, body: { code: 'not-retryable' } });
    expect(await retry(job_id, bob())).toMatchObject({ status: 404, body: { code: 'job-not-found' } });
    expect((await retry('nonsense')).status).toBe(404);
  });

  it('asked for ten times at once makes no attempt but those that are told', async () => {
    const jobId = await aHalfFailedJob();

    const answers = await Promise.all(Array.from({ length: 10 }, () => retry(jobId)));
    await alice().ended(jobId);

    // On a busy machine the last of the ten may come when the first one's attempt has failed: then it makes another.
    const told = new Set(answers.filter(({ status }) => status === 200).map(({ body }) => body.attempt));
    expect(told).toContain(2);
    expect((await alice().get(`/api/jobs/${jobId}`)).body.attempt).toBe(1 + told.size);
  });
});

describe('what was done', () => {
  it('is told to the owner line by line, and to nobody else', async () => {
    const { job_id } = await alice().upload(talk, {
      auto_start: true,
      segments: [{ start_time: 1, end_time: 2 }],
    });
    await alice().ended(job_id);

    const { body } = await alice().get(`/api/jobs/${job_id}/timeline/`);
    const stranger = await bob().get(`/api/jobs/${job_id}/timeline`);

    expect(body.timeline.map(({ text }: { text: string }) => text)).toEqual([
      'Started on a source of 3.0 MB',
      'Reading what the recording is',
      'A video of 42.4 s',
      'Choosing the clips',
      '1 clip to render, as given',
      'Rendering the clips',
      'Clip 1 is ready',
      'Completed: every clip was seen in its place',
      'Source deleted, with what was made of it: 3.0 MB freed',
    ]);
    expect(stranger).toMatchObject({ status: 404, body: { code: 'job-not-found' } });
  });

  // Of all jobs above.
  it('was counted once each, and logged under the id of its job', async () => {
    const lines = readLogs(local().dataDir);
    const { sums, codes } = metricsIn(lines);

    const { body } = await alice().get('/api/jobs?limit=100');
    const jobs = body.jobs.filter(({ status }: any) => status !== 'awaiting_upload');
    expect(sums.JobsStarted).toBe(jobs.length);
    expect(sums.JobsCompleted).toBe(2);
    expect(sums.BytesFreed).toBe(2 * 3022780);
    expect(sums.ClipSeconds).toBeGreaterThan(2 + 36 + 1);
    expect(sums.JobsRetried).toBeGreaterThan(5);
    expect(codes).toEqual(expect.arrayContaining(['clips_failed']));
    const ofSteps = lines.filter(
      ({ service, level }) => level && /^(probe|render|finish|fail|retry)-/.test(service),
    );
    expect(ofSteps).not.toHaveLength(0);
    expect(ofSteps.filter(({ job_id, code }) => !job_id && code !== 'job-not-found')).toEqual([]);
  });

  it('left no filename, no token and no signature in any log', () => {
    const text =
      readLogs(local().dataDir)
        .map((line) => JSON.stringify(line))
        .join('\n') + local().logs.join('\n');

    expect(text.length).toBeGreaterThan(1000);
    for (const secret of [
      markedName,
      'talk.mp4',
      'X-Amz-',
      'Bearer ',
      local().cloud.tokens?.alice ?? '',
      'eyJ',
    ]) {
      expect(text.includes(secret) && secret).toBe(false);
    }
  });
});
