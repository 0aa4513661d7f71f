import type { Sound } from '../media/types.ts';
import { chooseSegments } from '../segments/choose-segments.ts';
import { fittingLengths } from '../segments/fitting-lengths.ts';
import { givenSegments } from '../segments/given-segments.ts';
import { spreadSegments } from '../segments/spread-segments.ts';
import type { Segment } from '../segments/types.ts';
import { chooseByTranscript } from '../transcript/choose-by-transcript.ts';
import type { Run } from './advance.ts';
import { requireFacts } from './extract-audio.ts';
import { findMoments, type Read, type Reading } from './find-moments.ts';
import type { Job, StoredAudio } from './job.ts';
import { type StepDeps, type StepRoom, whileCurrent } from './steps.ts';

export type Deciding = Pick<StepDeps, 'jobs' | 'uploads' | 'media'> & { reading?: Reading };

export interface Decision {
  segments: Segment[];
  /** What the owner should know of how they were chosen. */
  notes: string[];
  modelUse?: Read['modelUse'];
}

type Room = Pick<StepRoom, 'signal' | 'now'>;

/**
 * The segments of a job: those given with it; else the best by what is said, where that was written down and is
 * understood; else the liveliest by the sound; else, without sound, evenly spread ones.
 * @throws SourceTooShort, SegmentOutOfRange, StaleAttempt
 */
export async function decideSegments(deps: Deciding, run: Run, job: Job, room: Room): Promise<Decision> {
  const { durationSeconds } = requireFacts(job);
  const { settings } = job;
  if (settings.segments) {
    return {
      segments: givenSegments(settings.segments, durationSeconds),
      notes: unfollowed(job, 'the segments were given'),
    };
  }
  if (!job.audio) {
    return {
      segments: spreadSegments(settings, durationSeconds, job.sceneSeconds),
      notes: unfollowed(job, 'the recording has no sound'),
    };
  }

  // Side by side: the one waits for a model, the other for a processor.
  const [sound, read] = await Promise.all([listen(deps, run, job.audio, room), findMoments(deps, job, room)]);
  if (!read)
    return bySound(job, sound, unfollowed(job, 'they need a transcript, which this service does not make'));
  if (read.moments.length === 0) {
    const notes = [
      `${read.complaint} The clips were chosen by how they sound.`,
      ...unfollowed(job, 'nobody has read what is said'),
    ];
    return { ...bySound(job, sound, notes), modelUse: read.modelUse };
  }

  const strictly = Boolean(settings.customInstructions);
  const segments = chooseByTranscript(read.moments, read.sentences, settings, sound, durationSeconds, {
    strictly,
  });
  return { segments, notes: read.complaint ? [read.complaint] : [], modelUse: read.modelUse };
}

function bySound(job: Job, sound: Sound, notes: string[]): Decision {
  const { durationSeconds } = requireFacts(job);
  const segments = chooseSegments(job.settings, sound, durationSeconds);
  const isFewer = segments.length < fittingLengths(job.settings, durationSeconds).count;
  return { segments, notes: isFewer ? [...notes, lulls] : notes };
}

const lulls = 'What is left of the recording is far quieter than the rest: no clips were made of that.';

function listen(
  { jobs, uploads, media }: Deciding,
  run: Run,
  audio: StoredAudio,
  { signal }: Room,
): Promise<Sound> {
  const current = whileCurrent(signal, (stagePercent) =>
    jobs.change(run.jobId, { status: ['analyzing'], attempt: run.attempt }, { stagePercent }),
  );
  return media.listen(uploads.open(audio), current);
}

/** custom_instructions need somebody who reads what is said. */
function unfollowed({ settings }: Job, because: string): string[] {
  return settings.customInstructions ? [`custom_instructions were not followed: ${because}.`] : [];
}
