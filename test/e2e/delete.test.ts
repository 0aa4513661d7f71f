import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { keysOf } from '../support/buckets.ts';
import { cloudOfTwo } from '../support/cloud-of-two.ts';
import { fixtures } from '../support/media.ts';

const talk = join(fixtures, 'talk.mp4');
const speech = join(fixtures, 'speech.flac');
const { local, alice, bob } = cloudOfTwo();

const path = (jobId: string) => `/api/jobs/${jobId}/`;

describe('deleting', () => {
  it('a completed job takes its clips along; then nobody knows of it', async () => {
    const jobId = await alice().start(talk, { num_segments: 2, min_duration: 2, max_duration: 3 });
    await alice().ended(jobId);
    const before = await keysOf(local(), jobId);

    const answer = await alice().delete(path(jobId));

    expect(before).toHaveLength(4);
    expect(answer).toMatchObject({ status: 204, body: undefined });
    expect(await keysOf(local(), jobId)).toEqual([]);
    const reads = ['', 'status', 'clips'].map((suffix) => alice().get(`${path(jobId)}${suffix}`));
    expect((await Promise.all(reads)).map(({ status }) => status)).toEqual([404, 404, 404]);
    expect((await alice().delete(path(jobId))).status).toBe(204);
    expect((await bob().delete(path(jobId))).status).toBe(404);
    expect((await alice().get('/api/jobs')).body.jobs).toEqual([]);
  });

  it('a job that failed or was cancelled takes its source along', async () => {
    const failed = await alice().start(speech, { segments: [{ start_time: 40, end_time: 50 }] });
    await alice().ended(failed);
    const { job_id: cancelled } = await alice().upload(talk);
    await alice().post(`${path(cancelled)}cancel`);

    const answers = [await alice().delete(path(failed)), await alice().delete(path(cancelled))];

    expect(answers.map(({ status }) => status)).toEqual([204, 204]);
    expect([...(await keysOf(local(), failed)), ...(await keysOf(local(), cancelled))]).toEqual([]);
  });

  it('a job that has not ended is refused, and changes nothing', async () => {
    const jobId = await alice().start(talk, { segments: [{ start_time: 0, end_time: 30 }] });

    const answer = await alice().delete(path(jobId));

    expect(answer).toMatchObject({ status: 409, body: { code: 'job-running' } });
    expect(await alice().ended(jobId)).toMatchObject({ status: 'completed' });
    expect(await keysOf(local(), jobId)).toHaveLength(2);
  });

  it("a stranger's job is not found, and stays", async () => {
    const jobId = await alice().start(speech, { segments: [{ start_time: 1, end_time: 2 }] });
    await alice().ended(jobId);

    expect(await bob().delete(path(jobId))).toMatchObject({ status: 404, body: { code: 'job-not-found' } });
    expect(await keysOf(local(), jobId)).toHaveLength(2);
  });
});
