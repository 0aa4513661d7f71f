import type { Sound } from '../media/types.ts';
import type { LanguageModel, ModelUse, Transcriber } from '../ports.ts';
import { chooseSegments } from '../segments/choose-segments.ts';
import { givenSegments } from '../segments/given-segments.ts';
import { spreadSegments } from '../segments/spread-segments.ts';
import type { Segment } from '../segments/types.ts';
import { chooseByTranscript } from '../transcript/choose-by-transcript.ts';
import { type Picked, pickMoments } from '../transcript/pick-moments.ts';
import { splitSentences } from '../transcript/split-sentences.ts';
import type { Moment, Sentence } from '../transcript/types.ts';
import type { Run } from './advance.ts';
import { requireFacts } from './extract-audio.ts';
import type { Job, StoredAudio } from './job.ts';
import { type StepDeps, type StepRoom, whileCurrent } from './steps.ts';

/** Who reads what is said, where the deployer has that. */
export interface Reading {
  transcriber: Transcriber;
  model: LanguageModel;
}

export type Deciding = Pick<StepDeps, 'jobs' | 'uploads' | 'media'> & { reading?: Reading };

export interface Decision {
  segments: Segment[];
  /** What the owner should know of how they were chosen. */
  notes: string[];
  /** What the model was asked and answered, whatever came of it. */
  modelUse?: ModelUse & { model: string };
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
      segments: spreadSegments(settings, durationSeconds),
      notes: unfollowed(job, 'the recording has no sound'),
    };
  }

  // Side by side: the one waits for a model, the other for a processor.
  const [sound, read] = await Promise.all([listen(deps, run, job.audio, room), readMoments(deps, job, room)]);
  if (!read)
    return bySound(job, sound, unfollowed(job, 'they need a transcript, which this service does not make'));
  if (read.moments.length === 0) {
    const notes = [
      `${read.complaint} The clips were chosen by how they sound.`,
      ...unfollowed(job, 'not read'),
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
  return { segments: chooseSegments(job.settings, sound, requireFacts(job).durationSeconds), notes };
}

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

interface Read {
  sentences: Sentence[];
  moments: Moment[];
  /** Why there are fewer moments than there might be, for the owner. */
  complaint?: string;
  modelUse?: Decision['modelUse'];
}

/** Undefined where nothing is transcribed at all. Whatever a service does wrong is a complaint, not an error. */
async function readMoments(
  { jobs, reading }: Deciding,
  job: Job,
  { signal, now }: Room,
): Promise<Read | undefined> {
  if (!reading) return undefined;
  const sentences = job.transcript ? await readSentences(reading, job.transcript, signal) : [];
  if (sentences.length === 0) {
    return { sentences, moments: [], complaint: 'What is said in the recording could not be written down.' };
  }

  const { model } = reading;
  const criterion = job.settings.customInstructions;
  const { moments, use, passages, failures } = await pickMoments(
    model,
    sentences,
    job.settings,
    criterion,
    signal,
  );
  for (const failure of new Set(failures)) await jobs.note(job.jobId, now(), `${model.name}: ${failure}`);
  return {
    sentences,
    moments,
    complaint: complaintOf(failures, passages),
    modelUse: { model: model.name, ...use },
  };
}

async function readSentences({ transcriber }: Reading, transcript: StoredAudio, signal: AbortSignal) {
  try {
    return splitSentences((await transcriber.read(transcript, { signal })).words);
  } catch {
    signal.throwIfAborted();
    return [];
  }
}

function complaintOf(failures: string[], passages: number): string | undefined {
  if (failures.every((failure) => failure === 'empty')) {
    return failures.length < passages ? undefined : 'The language model found no moment that fits.';
  }
  return failures.length < passages
    ? 'The language model did not answer about a part of the recording.'
    : 'The language model gave no answer that could be used.';
}

/** custom_instructions need somebody who reads what is said. */
function unfollowed({ settings }: Job, because: string): string[] {
  return settings.customInstructions ? [`custom_instructions were not followed: ${because}.`] : [];
}
