import type { JobStore } from '../ports/job-store.ts';
import type { LanguageModel, ModelUse, Transcriber } from '../ports/language.ts';
import { pickMoments } from '../transcript/pick-moments.ts';
import { splitSentences } from '../transcript/split-sentences.ts';
import type { Moment, Sentence } from '../transcript/types.ts';
import type { Job, StoredAudio } from './job.ts';
import type { StepRoom } from './steps.ts';

/** Who reads what is said, where the deployer has that. */
export interface Reading {
  transcriber: Transcriber;
  model: LanguageModel;
}

/** What somebody who read what is said makes of it. */
export interface Read {
  sentences: Sentence[];
  moments: Moment[];
  /** Why there are fewer moments than there might be, for the owner. */
  complaint?: string;
  /** What the model was asked and answered, whatever came of it. */
  modelUse?: ModelUse & { model: string };
}

/** The moments that a model finds in a job's transcript; undefined where nothing is transcribed at all. Whatever a service does wrong is a complaint, not an error. */
export async function findMoments(
  { jobs, reading }: { jobs: JobStore; reading?: Reading },
  job: Job,
  { signal, now }: Pick<StepRoom, 'signal' | 'now'>,
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
