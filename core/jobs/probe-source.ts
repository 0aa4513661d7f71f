import { formatLength } from '../segments/format-time.ts';
import { advance, type Run, record } from './advance.ts';
import { pinnedSource, type StepDeps, type StepRoom } from './steps.ts';

/**
 * Reads what the source is, from its first and last bytes.
 * @throws NotMedia, UnsupportedMedia, MediaTooLarge, SourceChanged, SourceMissing, StaleAttempt
 */
export async function probeSource(
  { jobs, uploads, media }: Pick<StepDeps, 'jobs' | 'uploads' | 'media'>,
  run: Run,
  { signal, now }: Pick<StepRoom, 'signal' | 'now'>,
): Promise<void> {
  const job = await advance(jobs, run, 'preprocessing', {}, now());
  if (job.facts) return;

  const { facts, bytesRead } = await media.probe(uploads.open(pinnedSource(job)), { signal });

  await record(jobs, run, { facts, probeBytesRead: bytesRead }, now());
  const kind = facts.kind === 'video' ? 'A video' : 'A sound recording';
  await jobs.note(run.jobId, now(), `${kind} of ${formatLength(facts.durationSeconds)}`);
}
