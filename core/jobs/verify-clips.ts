import type { JobStore } from '../ports/job-store.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { Clip, Job } from './job.ts';

/** How many clips a job must have, and those that are not in the bucket exactly as they were rendered (size and ETag). */
export async function verifyClips(
  { jobs, clips }: { jobs: JobStore; clips: ObjectStore },
  job: Job,
): Promise<{ expected: number; missing: Clip[]; verified: boolean }> {
  const all = await jobs.getClips(job.jobId);
  const checked = await Promise.all(all.map(async (clip) => ({ clip, there: await isThere(clips, clip) })));
  const missing = checked.filter(({ there }) => !there).map(({ clip }) => clip);

  const expected = job.segments?.length ?? 0;
  return { expected, missing, verified: expected > 0 && all.length === expected && missing.length === 0 };
}

/** Whether a clip is finished, and lies in the bucket as it was rendered, with all its files. */
export async function isThere(clips: ObjectStore, clip: Clip): Promise<boolean> {
  if (clip.status !== 'completed') return false;

  // Records of before clips had several files name the video alone.
  const { key, etag, sizeBytes, files = [{ key, etag, sizeBytes }] } = clip;
  const checked = await Promise.all(
    files.map(async (file) => {
      const object = await clips.head(file.key);
      return object?.etag === file.etag && object?.sizeBytes === file.sizeBytes;
    }),
  );
  return checked.every(Boolean);
}
