import type { Job } from '../../core/jobs/job.ts';
import { isThere, verifyClips } from '../../core/jobs/verify-clips.ts';
import { isBystanderWell } from './residents.ts';
import { endings } from './watch.ts';
import type { World } from './world.ts';

/** Holds what is left in the end against what was promised; answers how the job ended. */
export async function assess(world: World): Promise<string> {
  const { truth, jobIds, turns, executions, violate } = world;
  for (const { name } of turns.hanging()) violate(`${name} hangs`);
  for (const { name } of executions.running()) violate(`execution ${name} runs for ever`);

  const attempts = executions.all().map(({ jobId, attempt }) => `${jobId}-${attempt}`);
  if (new Set(attempts).size < attempts.length) violate('two executions of one attempt');

  const ends: string[] = [];
  for (const jobId of jobIds) {
    const job = await truth.jobs.get(jobId);
    if (job) await assessJob(world, job);
    else await assessNothing(world, jobId);
    ends.push(job?.status ?? 'gone');
  }
  if (!(await isBystanderWell(truth))) violate("another owner's job was touched");
  return ends.find((end) => end !== 'gone') ?? (world.job ? 'deleted' : 'gone');
}

async function assessJob(
  { plan, truth, lost, overwritten, expired, violate }: World,
  job: Job,
): Promise<void> {
  const { source } = job;
  if (!endings.includes(job.status)) violate(`stuck: ${job.status}`);
  const eventId = `${job.jobId}-${job.attempt}-${job.status}`;
  const isTold = truth.announcements.told.some(({ event_id }) => event_id === eventId);
  if (!isTold) violate(`${job.status}, but nobody was told`);
  if (job.status === 'failed' && !job.failure?.code) violate('failed without a reason');

  const clips = await truth.jobs.getClips(job.jobId);
  for (const clip of clips) {
    if (clip.status === 'completed' && !lost.has(clip.key) && !(await isThere(truth.clips, clip))) {
      violate('a clip was lost');
    }
  }

  const pinned = await truth.uploads.head(source.key);
  const isHere = source.etag !== undefined && pinned?.etag === source.etag;
  if (job.status === 'completed') {
    if (job.cleanup !== 'done') violate(`completed, but cleanup is ${job.cleanup}`);
    if (isHere) violate('completed, but the source is still there');
    for (const { key, etag } of job.deletions ?? []) {
      if ((await truth.uploads.head(key))?.etag === etag) violate(`completed, but not deleted: ${key}`);
    }
    const { verified } = await verifyClips(truth, job);
    if (!verified && lost.size === 0) violate('completed, but not all clips are there');
  } else if (source.etag && !pinned && !overwritten.has(source.etag) && !expired.has(source.etag)) {
    violate(`${job.status}, but the source is gone`);
  }
  const isReplaced = overwritten.has(source.etag ?? '') || haveOtherCaptions(plan);
  if (job.failure?.code === 'source_changed' && !isReplaced) {
    violate('failed for a source that did not change');
  }
}

/** Two calls at once that bring other captions each spoil them for both: known, and told as a source that changed. */
function haveOtherCaptions({ creations }: World['plan']): boolean {
  const texts = creations.flatMap(({ command }) => ('captions' in command ? [command.captions] : []));
  return new Set(texts).size > 1;
}

/** Of a job that was deleted, or never made. */
async function assessNothing({ truth, violate }: World, jobId: string): Promise<void> {
  const keys = [...truth.uploads.keys(), ...truth.clips.keys()].filter((key) => key.includes(jobId));
  if (keys.length > 0)
    violate(`deleted, but there is ${keys.map((key) => key.split('/').at(-1)).join(', ')}`);
  if ((await truth.jobs.getClips(jobId)).length > 0) violate('deleted, but there are clips on record');
}
