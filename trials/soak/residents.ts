import type { Job } from '../../core/jobs/job.ts';
import type { Ids } from '../../core/ports/ids.ts';
import { beginMultipart } from '../../core/uploads/begin-multipart.ts';
import { presignUpload } from '../../core/uploads/presign-upload.ts';
import { aClip, aJob } from '../../test/support/builders.ts';
import type { Plan } from './plan.ts';
import type { Watched } from './watch.ts';

type Truth = Watched['truth'];

export function settingsOf({ numSegments, given }: Plan): Job['settings'] {
  const segments = Array.from({ length: numSegments }, (_, n) => ({
    startSeconds: n * 10 + 1,
    endSeconds: n * 10 + 8,
  }));
  return { numSegments, minDurationSeconds: 5, maxDurationSeconds: 10, ...(given && { segments }) };
}

/** Alice's job, which all commands are about; none where she drops files into the inbox. */
export async function addJob(truth: Truth, plan: Plan, ids: Ids, now: string): Promise<Job | undefined> {
  if (plan.way === 'inbox') return undefined;
  const request = {
    filename: 'talk.mp4',
    sizeBytes: 6,
    autoStart: plan.way === 'auto',
    settings: settingsOf(plan),
  };
  const signUpload = async () => ({ url: '', fields: {}, expiresInSeconds: 3600 });
  const deps = { ...truth, ids, signer: { signUpload } };
  const begin = plan.way === 'parts' ? beginMultipart : presignUpload;
  return (await begin(deps, 'alice', request, now)).job;
}

const bobs = aJob({ jobId: 'job-of-bob', owner: 'bob', status: 'completed', cleanup: 'done' });
const clip = aClip({ jobId: bobs.jobId, status: 'completed' });

/** A finished job of bob's, and a file of his: nobody's business. */
export async function addBystander({ jobs, clips, uploads }: Truth): Promise<void> {
  await jobs.create(bobs);
  await jobs.createClips([clip]);
  clips.put(clip.key, 'a clip of bob');
  uploads.put(bobs.source.key, 'a file of bob');
}

export async function isBystanderWell({ jobs, clips, uploads }: Truth): Promise<boolean> {
  const records = [await jobs.get(bobs.jobId), await jobs.getClips(bobs.jobId)];
  const objects = [await clips.head(clip.key), await uploads.head(bobs.source.key)];
  return JSON.stringify(records) === JSON.stringify([bobs, [clip]]) && objects.every(Boolean);
}
