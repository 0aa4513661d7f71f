import type { Ids } from '../ports/ids.ts';
import type { Segment } from '../segments/types.ts';
import { clipKey, posterKey } from '../uploads/keys.ts';
import { advance, type Run, record } from './advance.ts';
import { type Deciding, decideSegments } from './decide-segments.ts';
import type { Clip, Job } from './job.ts';
import { renewClips } from './renew-clips.ts';
import type { StepDeps, StepRoom } from './steps.ts';

/**
 * Decides which ranges become clips, once a job, and answers the numbers of those that are to be rendered: in a later
 * attempt those that are not finished.
 * @throws SourceTooShort, SegmentOutOfRange, StaleAttempt
 */
export async function selectSegments(
  deps: Deciding & Pick<StepDeps, 'clips'> & { ids: Ids },
  run: Run,
  room: Pick<StepRoom, 'signal' | 'now'>,
): Promise<{ clipNumbers: number[] }> {
  const { jobs, ids } = deps;
  const started = await advance(jobs, run, 'analyzing', {}, room.now());

  // Recorded before any clip is made of them: a run that broke off in between goes on with the same ones.
  const job = started.segments ? started : await decide(deps, run, started, room);
  const segments = job.segments ?? [];
  await jobs.createClips(segments.map((segment, index) => newClip(job, segment, index + 1, ids)));

  await advance(jobs, run, 'clipping', {}, room.now());
  const clips = await renewClips(deps, run);
  return {
    clipNumbers: clips.filter(({ status }) => status !== 'completed').map(({ clipNumber }) => clipNumber),
  };
}

async function decide(
  deps: Deciding,
  run: Run,
  job: Job,
  room: Pick<StepRoom, 'signal' | 'now'>,
): Promise<Job> {
  const { segments, notes, modelUse } = await decideSegments(deps, run, job, room);
  const all = new Set([...(job.notes ?? []), ...tooFew(job, segments), ...wordless(job), ...notes]);
  const decided = await record(deps.jobs, run, { segments, notes: [...all], modelUse }, room.now());
  const howMany = segments.length === 1 ? '1 clip' : `${segments.length} clips`;
  const how = job.settings.segments ? 'to render, as given' : 'chosen';
  await deps.jobs.note(run.jobId, room.now(), `${howMany} ${how}`);
  return decided;
}

function newClip(job: Job, segment: Segment, clipNumber: number, ids: Ids): Clip {
  const ownerHash = ids.ownerHash(job.owner);
  return {
    jobId: job.jobId,
    clipNumber,
    status: 'pending',
    attempt: job.attempt,
    ...segment,
    key: clipKey(ownerHash, job.jobId, clipNumber),
    posterKey: posterKey(ownerHash, job.jobId, clipNumber),
  };
}

/** Nothing is left out in silence. */
function tooFew({ settings }: Job, { length: count }: Segment[]): string[] {
  const { segments: given, numSegments } = settings;
  if (given || count >= numSegments) return [];
  return [`The recording holds ${count} of the ${numSegments} clips that were asked.`];
}

function wordless({ settings, spokenCaptions }: Job): string[] {
  if (settings.captions !== 'burn' || settings.captionsFile || spokenCaptions) return [];
  return ['There are no captions: none came with the job, and nothing that is said was written down.'];
}
