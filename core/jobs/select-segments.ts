import type { Ids } from '../ports.ts';
import { chooseSegments } from '../segments/choose-segments.ts';
import { givenSegments } from '../segments/given-segments.ts';
import { spreadSegments } from '../segments/spread-segments.ts';
import type { Segment } from '../segments/types.ts';
import { clipKey, posterKey } from '../uploads/keys.ts';
import { advance, type Run, record } from './advance.ts';
import { requireFacts } from './extract-audio.ts';
import type { Clip, Job } from './job.ts';
import { renewClips } from './renew-clips.ts';
import { type StepDeps, type StepRoom, whileCurrent } from './steps.ts';

/**
 * Decides which ranges become clips, once a job, and answers the numbers of those that are to be rendered: in a later
 * attempt those that are not finished.
 * @throws SourceTooShort, SegmentOutOfRange, StaleAttempt
 */
export async function selectSegments(
  deps: Pick<StepDeps, 'jobs' | 'uploads' | 'clips' | 'media'> & { ids: Ids },
  run: Run,
  room: Pick<StepRoom, 'signal' | 'now'>,
): Promise<{ clipNumbers: number[] }> {
  const { jobs, ids } = deps;
  const job = await advance(jobs, run, 'analyzing', {}, room.now());

  // Recorded before any clip is made of them: a run that broke off in between goes on with the same ones.
  const segments = job.segments ?? (await choose(deps, run, job, room));
  if (!job.segments) await record(jobs, run, { segments }, room.now());
  await jobs.createClips(segments.map((segment, index) => newClip(job, segment, index + 1, ids)));

  await advance(jobs, run, 'clipping', { notes: notesOn(job, segments.length) }, room.now());
  const clips = await renewClips(deps, run);
  return {
    clipNumbers: clips.filter(({ status }) => status !== 'completed').map(({ clipNumber }) => clipNumber),
  };
}

async function choose(
  { jobs, uploads, media }: Pick<StepDeps, 'jobs' | 'uploads' | 'media'>,
  run: Run,
  job: Job,
  { signal }: Pick<StepRoom, 'signal'>,
): Promise<Segment[]> {
  const { durationSeconds } = requireFacts(job);
  if (job.settings.segments) return givenSegments(job.settings.segments, durationSeconds);
  if (!job.audio) return spreadSegments(job.settings, durationSeconds);

  const current = whileCurrent(signal, (stagePercent) =>
    jobs.change(run.jobId, { status: ['analyzing'], attempt: run.attempt }, { stagePercent }),
  );
  const sound = await media.listen(uploads.open(job.audio), current);
  return chooseSegments(job.settings, sound, durationSeconds);
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

/** What was asked and could not be had, in words; nothing is left out in silence. */
function notesOn(job: Job, clipCount: number): string[] {
  const notes = [...(job.notes ?? [])];
  const { segments, numSegments, customInstructions } = job.settings;
  if (!segments && clipCount < numSegments) {
    notes.push(`The recording holds ${clipCount} of the ${numSegments} clips that were asked.`);
  }
  if (customInstructions) {
    notes.push(
      'custom_instructions were not followed: they need a transcript, which this service does not make.',
    );
  }
  return [...new Set(notes)];
}
