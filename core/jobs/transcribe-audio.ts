import { limits } from '../limits.ts';
import { writeVtt } from '../media/captions/write-captions.ts';
import type { Ids } from '../ports/ids.ts';
import type { JobStore } from '../ports/job-store.ts';
import type { Transcriber } from '../ports/language.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { captionCues } from '../transcript/caption-cues.ts';
import { spokenCaptionsKey, transcriptKey, transcriptProbeKey } from '../uploads/keys.ts';
import { advance, type Run, record, requireRun } from './advance.ts';
import { isDecided, isStored, requireFacts } from './extract-audio.ts';
import type { Job } from './job.ts';
import type { StepRoom } from './steps.ts';

export interface Transcribing {
  jobs: JobStore;
  uploads: ObjectStore;
  transcriber: Transcriber;
  ids: Ids;
}

/**
 * Has what is said in the audio written down. Called again and again: the first time it begins, then it looks, until
 * it answers that this is done. Done is also what failed, took too long or was never needed: then there is no
 * transcript, and segments are chosen by the sound.
 * @throws StaleAttempt, and whatever the service throws
 */
export async function transcribeAudio(
  deps: Transcribing,
  run: Run,
  { signal, now }: Pick<StepRoom, 'signal' | 'now'>,
): Promise<{ done: boolean }> {
  const { jobs, uploads } = deps;
  const job = await requireRun(jobs, run);
  if (job.status !== 'preprocessing' && job.status !== 'transcribing') return { done: true };
  if (!job.audio || isDecided(job) || (await isStored(uploads, job.transcript))) return { done: true };
  if (requireFacts(job).durationSeconds > limits.transcription.audioSeconds) {
    await jobs.note(job.jobId, now(), 'Nothing was written down: the recording is too long for that');
    return { done: true };
  }

  if (job.status === 'preprocessing') return begin(deps, job, job.audio.key, now());
  return look(deps, job, now(), signal);
}

async function begin({ jobs, transcriber, ids }: Transcribing, job: Job, audioKey: string, now: string) {
  await transcriber.start({ name: nameOf(job), audioKey, resultKey: resultKeyOf(job, ids) });
  await advance(jobs, job, 'transcribing', {}, now);
  return { done: false };
}

async function look(deps: Transcribing, job: Job, now: string, signal: AbortSignal) {
  const { jobs, transcriber } = deps;
  const progress = await transcriber.stateOf(nameOf(job));
  if (progress.state === 'completed') {
    await record(jobs, job, await collect(deps, job, signal), now);
    await jobs.note(job.jobId, now, 'What is said was written down');
    return { done: true };
  }
  if (progress.state === 'failed') {
    await jobs.note(job.jobId, now, `Writing down what is said failed: ${progress.reason}`);
    return { done: true };
  }
  const waitedSeconds = (Date.parse(now) - Date.parse(job.reachedAt.transcribing ?? now)) / 1000;
  if (waitedSeconds < limits.transcription.waitSeconds) return { done: false };
  await jobs.note(job.jobId, now, 'Writing down what is said took too long: not waited for');
  return { done: true };
}

/** Everything that came of a transcription, to be used and in the end deleted. */
async function collect({ uploads, transcriber, ids }: Transcribing, job: Job, signal: AbortSignal) {
  const ownerHash = ids.ownerHash(job.owner);
  const result = await uploads.head(resultKeyOf(job, ids));
  if (!result) throw new Error(`Job ${job.jobId} was transcribed, but the transcript is not there.`);
  const probe = await uploads.head(transcriptProbeKey(ownerHash, job.jobId));
  const { words } = await transcriber.read(result, { signal });

  const vtt = new TextEncoder().encode(writeVtt(captionCues(words)));
  const spokenCaptions =
    job.settings.captions === 'off'
      ? undefined
      : await uploads.putBytes(spokenCaptionsKey(ownerHash, job.jobId), vtt, { contentType: 'text/vtt' });
  return {
    transcript: storedOf(result),
    transcriptProbe: probe && storedOf(probe),
    spokenCaptions,
    transcribedSeconds: requireFacts(job).durationSeconds,
  };
}

/** Names are the account's, for 90 days: a job id is nobody else's. */
function nameOf({ jobId, attempt }: Run): string {
  return `clipwright-${jobId}-${attempt}`;
}

function resultKeyOf({ owner, jobId, attempt }: Job, ids: Ids): string {
  return transcriptKey(ids.ownerHash(owner), jobId, attempt);
}

function storedOf({ key, etag, sizeBytes }: { key: string; etag: string; sizeBytes: number }) {
  return { key, etag, sizeBytes };
}
