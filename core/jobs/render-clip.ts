import { StaleAttempt } from '../failures.ts';
import type { Cue } from '../media/captions/cue.ts';
import { cuesWithin } from '../media/captions/cues-within.ts';
import { type Run, requireRun } from './advance.ts';
import { readCues } from './captions-file.ts';
import { findFiles, type PlannedFile, planFiles } from './clip-files.ts';
import { requireFacts } from './extract-audio.ts';
import type { Clip, ClipStatus, Job } from './job.ts';
import { lookOf } from './look-of.ts';
import { putFiles, readResult } from './put-files.ts';
import { pinnedSource, type StepDeps, type StepRoom, whileCurrent } from './steps.ts';
import { readWatermark } from './watermark.ts';

export interface ClipRun extends Run {
  clipNumber: number;
}

type RenderDeps = Pick<StepDeps, 'jobs' | 'uploads' | 'clips' | 'media'>;

/**
 * Renders one clip in all its shapes, with posters and captions, from one reading of the source. It may be run twice,
 * even at the same time: the keys are fixed and each is written once, and who comes second adopts what is there.
 * @throws DamagedMedia, SourceChanged, SourceMissing, StaleAttempt
 */
export async function renderClip(deps: RenderDeps, run: ClipRun, room: StepRoom): Promise<void> {
  const job = await requireRun(deps.jobs, run);
  const clip = await claim(deps, run, room.now());
  if (clip.status === 'completed') return;

  const cues = await cuesOf(deps, job, clip, room.signal);
  const planned = planFiles(job.settings, requireFacts(job), clip, cues);
  if (!(await findFiles(deps.clips, planned))) await render(deps, run, { job, clip, cues, planned }, room);

  await commit(deps, run, clip, planned, room.now());
}

async function render(
  { jobs, uploads, clips, media }: RenderDeps,
  run: ClipRun,
  { job, clip, cues, planned }: { job: Job; clip: Clip; cues: Cue[]; planned: PlannedFile[] },
  { folder, signal }: StepRoom,
): Promise<void> {
  const current = whileCurrent(signal, (renderedPercent) =>
    jobs.changeClip(clip, { status: ['rendering'], attempt: run.attempt }, { renderedPercent }),
  );
  const watermark = await readWatermark(uploads, job.settings, signal);
  const rendered = await media.renderClip(uploads.open(pinnedSource(job)), requireFacts(job), clip, {
    folder,
    look: lookOf(job.settings, clip, { cues, watermark }),
    ...current,
  });
  await putFiles(clips, planned, rendered, cues);
}

async function cuesOf({ uploads }: RenderDeps, job: Job, clip: Clip, signal: AbortSignal): Promise<Cue[]> {
  if (job.settings.captions === 'off') return [];
  return cuesWithin(await readCues(uploads, job, signal), clip);
}

async function claim({ jobs }: Pick<StepDeps, 'jobs'>, run: ClipRun, now: string): Promise<Clip> {
  const { attempt, clipNumber, jobId } = run;
  const from = (...status: ClipStatus[]) =>
    jobs.changeClip(
      { jobId, clipNumber },
      { status, attempt },
      { status: 'rendering', renderedPercent: 0, failure: null },
    );
  const first = await from('pending');
  if (first.changed) return first.now;

  const again = await from('rendering', 'failed');
  if (again.changed) await jobs.note(jobId, now, `Clip ${clipNumber} broke off: tried again`);
  if (again.changed || again.now?.status === 'completed') return again.now as Clip;
  throw new StaleAttempt(`Clip ${clipNumber} is no longer rendered by attempt ${attempt}.`);
}

/** Writes down what lies in the bucket: what this run put there, or another before it. */
async function commit(
  { jobs, clips }: Pick<StepDeps, 'jobs' | 'clips'>,
  run: ClipRun,
  clip: Clip,
  planned: PlannedFile[],
  at: string,
) {
  const found = await findFiles(clips, planned);
  if (!found) throw new Error(`Clip ${clip.clipNumber} was written but is not there.`);

  const { files, metadata } = found;
  const change = await jobs.changeClip(
    clip,
    { status: ['rendering'], attempt: run.attempt },
    {
      status: 'completed',
      renderedPercent: 100,
      files,
      etag: files[0]?.etag,
      sizeBytes: files[0]?.sizeBytes,
      posterEtag: files.find(({ kind }) => kind === 'poster')?.etag,
      ...readResult(metadata),
      completedAt: at,
    },
  );
  if (change.changed) await jobs.note(run.jobId, at, `Clip ${clip.clipNumber} is ready`);
  else if (change.now?.status !== 'completed') {
    throw new StaleAttempt(`Clip ${clip.clipNumber} went on without attempt ${run.attempt}.`);
  }
}
