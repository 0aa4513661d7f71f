import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, postForm } from '../../test/support/api.ts';
import { type Api, type MortalCloud, Refused } from './mortal-cloud.ts';

const recording = readFileSync(join('test', 'media', 'fixtures', 'talk.mp4'));
const segments = [1, 11, 21].map((start_time) => ({ start_time, end_time: start_time + 3 }));
const ended = ['completed', 'failed', 'cancelled', 'expired'];

/** Uploads and starts a job, by calls each of which may be made again. */
export async function startJob(cloud: MortalCloud): Promise<string> {
  const { job_id, s3_key } = await cloud.patiently(upload);
  await cloud.patiently((api) => post(api, '/api/upload/create-job/', { job_id, s3_key, segments }));
  return job_id;
}

/** S3 has another address after a restart, so a form that failed is asked for anew. */
async function upload(api: Api): Promise<{ job_id: string; s3_key: string }> {
  const form = await post(api, '/api/upload/presigned-url/', {
    filename: 'talk.mp4',
    file_size: recording.length,
  });
  const stored = await postForm(form, recording);
  if (!stored.ok) throw new Error(`The upload was answered with ${stored.status}`);
  return form;
}

/** Waits for the job's end and, where it completed, for its source to be gone. Answers why that is not right. */
export async function faultOf(
  cloud: MortalCloud,
  jobId: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const patienceEnds = Date.now() + patienceMs;
  for (;;) {
    const job = await cloud.patiently((api) => get(api, `/api/jobs/${jobId}`));
    if (job.status === 'completed' && job.source.deleted_at) break;
    if (ended.includes(job.status) && job.status !== 'completed') return `${job.status}: ${job.error_code}`;
    if (Date.now() > patienceEnds) return `still ${job.status}, cleanup ${job.cleanup}`;
    if (signal.aborted) return undefined;
    await sleep(150);
  }

  const { clips } = await cloud.patiently((api) => get(api, `/api/jobs/${jobId}/clips`));
  if (clips.length !== segments.length) return `${clips.length} clips`;
  for (const { video_url, size } of clips) {
    const clip = await fetch(video_url);
    const { byteLength } = await clip.arrayBuffer();
    if (!clip.ok || byteLength !== size) return `a clip of ${byteLength} bytes instead of ${size}`;
  }
  return undefined;
}

/** Reconciliation comes every five minutes, and may have to come twice. */
const patienceMs = 15 * 60_000;

async function get(api: Api, path: string) {
  return answered(await api.get(path));
}

async function post(api: Api, path: string, body: object) {
  return answered(await api.post(path, body));
}

function answered({ status, body }: Answer) {
  if (status >= 500) throw new Error(`Answered with ${status}`);
  if (status >= 400) throw new Refused(JSON.stringify(body));
  return body;
}
