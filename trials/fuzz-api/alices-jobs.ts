import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { anApi } from '../../test/support/api.ts';

import { anUploadInParts } from '../../test/support/send-parts.ts';
import type { JobNames } from './jobs-at-hand.ts';

type Api = ReturnType<typeof anApi>;

/** Names that are alice's alone: where one turns up in what bob gets, something leaked. */
export const filename = 'alices-secret-recording.mp4';
const title = 'alices-secret-title';
const talk = join('test', 'media', 'fixtures', 'talk.mp4');
const clipsAt = (...starts: number[]) =>
  starts.map((start_time) => ({ start_time, end_time: start_time + 8, title }));

export interface AlicesJob {
  state: string;
  names: JobNames;
}

/** A job of alice's in each state that there is, the one that runs last, so that it still does. */
export async function alicesJobs(api: Api): Promise<AlicesJob[]> {
  const content = readFileSync(talk);
  const presigned = await api.presign(talk, { filename });
  const parted = await anUploadInParts(api, content, { filename });
  await parted.send(1);
  const cancelled = await api.presign(talk, { filename });
  await api.post(`/api/jobs/${cancelled.job_id}/cancel`);
  const failed = await api.upload(talk, {
    filename,
    segments: [{ start_time: 5000, end_time: 5005 }],
    auto_start: true,
  });
  const completed = await api.upload(talk, {
    filename,
    segments: [{ start_time: 1, end_time: 3, title }],
    auto_start: true,
  });
  for (const { job_id } of [failed, completed]) await api.ended(job_id);
  const running = await api.upload(talk, { filename, segments: clipsAt(0, 8, 16, 24, 32), auto_start: true });
  while ((await api.get(`/api/jobs/${running.job_id}/status`)).body.status === 'awaiting_upload')
    await sleep(50);

  const { body: page } = await api.get('/api/jobs?limit=1');
  const named = {
    'awaiting its form': presigned,
    'awaiting its parts': parted.claim,
    cancelled,
    failed,
    completed,
    running,
  };
  return Object.entries(named).map(([state, { job_id, s3_key, ...more }]) => ({
    state,
    names: {
      job_id,
      s3_key,
      cursor: page.next_cursor,
      ...('upload_id' in more && { upload_id: more.upload_id }),
    },
  }));
}

/** All that alice would miss: what the API says of her jobs, but for URLs, which are signed anew each time. */
export async function whatAliceHas(api: Api, jobs: AlicesJob[]): Promise<string> {
  const said = [];
  for (const { state, names } of jobs) {
    const path = `/api/jobs/${names.job_id}`;
    const [job, clips] = [await api.get(path), await api.get(`${path}/clips`)];
    // The one that runs moves on by itself; but it must not be ended by anybody.
    said.push(state === 'running' ? [job.status, job.body.attempt] : [job.body, clips.body]);
  }
  return JSON.stringify(said, (name, value) => (/_url$|^url$/.test(name) ? undefined : value));
}
