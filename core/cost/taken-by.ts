import type { Clip, Job } from '../jobs/job.ts';
import { countTransitions } from './count-transitions.ts';
import type { Taken } from './total-use.ts';

/** How often the state machine looks after a transcript: `transcriptInterval` of lib/job-workflow.ts. */
export const transcriptIntervalSeconds = 20;
const secondsAMonth = 30 * 24 * 3600;
/** S3 bills GB of 2^30 bytes. */
const gib = 1024 ** 3;

/** What a job took until now, by its records. */
export function takenBy(job: Job, clips: readonly Clip[]): Taken {
  const { probeUse, audioUse, transcribeUse, selectUse, finishUse, cleanUpUse, upload, source } = job;
  const steps = [probeUse, audioUse, transcribeUse, selectUse, finishUse, cleanUpUse];
  return {
    steps: [...steps, ...clips.map(({ renderUse }) => renderUse)].filter((use) => use !== undefined),
    transitions: transitionsOf(job, clips),
    // Begun, completed, listed once in between.
    s3Writes: source.arrivedAt ? (upload ? upload.numParts + 3 : 1) : 0,
    storedGbMonths: storedGbMonths(job),
    transcribedSeconds: job.transcribedSeconds ?? 0,
    modelUse: job.modelUse,
  };
}

/** Of former attempts only their number is known: each is taken to have come as far as its clips. */
function transitionsOf(job: Job, clips: readonly Clip[]): number {
  const callsWebhook = job.settings.webhookUrl !== undefined;
  const begun = clips.filter(({ status }) => status !== 'pending').length;
  const former = countTransitions({
    reached: ['preprocessing', 'analyzing', 'clipping', 'failed'],
    clips: begun,
    transcriptLooks: 0,
    callsWebhook,
  });
  const reached = [...Object.keys(job.reachedAt), job.status];
  const latest = { reached, clips: begun, transcriptLooks: transcriptLooks(job), callsWebhook };
  return (job.attempt - 1) * former + countTransitions(latest);
}

function transcriptLooks({ reachedAt, updatedAt }: Job): number {
  if (!reachedAt.transcribing) return 0;
  const waited = secondsBetween(reachedAt.transcribing, reachedAt.analyzing ?? updatedAt);
  return 1 + Math.ceil(waited / transcriptIntervalSeconds);
}

/** Of the source alone: what else is deleted with it is small. A source that is kept counts until the job last changed. */
function storedGbMonths({ source, updatedAt }: Job): number {
  if (!source.arrivedAt) return 0;
  const seconds = secondsBetween(source.arrivedAt, source.deletedAt ?? updatedAt);
  return (source.sizeBytes / gib) * (seconds / secondsAMonth);
}

function secondsBetween(start: string, end: string): number {
  return Math.max(0, (Date.parse(end) - Date.parse(start)) / 1000);
}
