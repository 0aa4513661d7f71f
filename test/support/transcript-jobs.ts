import type { Job } from '../../core/jobs/job.ts';
import { selectSegments } from '../../core/jobs/select-segments.ts';
import { transcribeAudio } from '../../core/jobs/transcribe-audio.ts';
import type { LanguageModel } from '../../core/ports/language.ts';
import { aJob, noon } from './builders.ts';
import { memoryDeps } from './job-deps.ts';
import { memoryLanguageModel } from './memory-language-model.ts';
import { memoryMedia, someFacts } from './memory-media.ts';
import { memoryTranscriber } from './memory-transcriber.ts';
import { aSound } from './sound.ts';
import { anAnswer, someSentences, spokenWords } from './transcripts.ts';

export const run = { jobId: 'job-1', attempt: 1 };
export const transcript = { words: spokenWords(someSentences(12)), languageCode: 'en-US' };
const sound = aSound({ durationSeconds: 60 });
export const room = (now = noon) => ({ signal: new AbortController().signal, now: () => now });

/** A job whose audio was taken out of a minute of talk, in a stack that transcribes. */
export async function anExtractedJob(
  overrides: Partial<Job> = {},
  model: LanguageModel = memoryLanguageModel(anAnswer([3, 4])),
) {
  const deps = { ...memoryDeps(), media: memoryMedia({ listen: async () => sound }) };
  const waiting = aJob();
  const source = { ...waiting.source, etag: deps.uploads.put(waiting.source.key, 'abcdef').etag };
  const { key, etag, sizeBytes } = deps.uploads.put('work/audio.flac', 'sound');
  const audio = { key, etag, sizeBytes };
  const reachedAt = { preprocessing: noon };
  await deps.jobs.create({
    ...waiting,
    status: 'preprocessing',
    source,
    audio,
    facts: someFacts,
    reachedAt,
    ...overrides,
  });
  const transcriber = memoryTranscriber(deps.uploads);
  return { ...deps, transcriber, reading: { transcriber, model } };
}

/** The same, transcribed and with its segments decided. */
export async function aDecidedJob(overrides: Partial<Job> = {}, model?: LanguageModel) {
  const deps = await anExtractedJob(overrides, model);
  await transcribeAudio(deps, run, room());
  deps.transcriber.complete(transcript);
  await transcribeAudio(deps, run, room());
  await selectSegments(deps, run, room());
  const job = await deps.jobs.get('job-1');
  return { ...deps, job: job! };
}
