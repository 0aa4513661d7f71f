import { StaleAttempt } from '../failures.ts';
import type { ObjectStore } from '../ports.ts';
import { type Run, requireRun } from './advance.ts';
import { requireFacts } from './extract-audio.ts';
import type { Clip } from './job.ts';
import { pinnedSource, type StepDeps, type StepRoom, whileCurrent } from './steps.ts';

export interface ClipRun extends Run {
  clipNumber: number;
}

/**
 * Renders one clip and its poster. It may be run twice, even at the same time: the clip's key is fixed and
 * written once, and who comes second adopts what is there.
 * @throws DamagedMedia, SourceChanged, SourceMissing, StaleAttempt
 */
export async function renderClip(
  deps: Pick<StepDeps, 'jobs' | 'uploads' | 'clips' | 'media'>,
  run: ClipRun,
  { folder, signal, now }: StepRoom,
): Promise<void> {
  const { jobs, uploads, clips, media } = deps;
  const job = await requireRun(jobs, run);
  const clip = await claim(deps, run);
  if (clip.status === 'completed') return;

  if (!(await stored(clips, clip))) {
    const current = whileCurrent(signal, (renderedPercent) =>
      jobs.changeClip(clip, { status: ['rendering'], attempt: run.attempt }, { renderedPercent }),
    );
    const rendered = await media.renderClip(uploads.open(pinnedSource(job)), requireFacts(job), clip, {
      folder,
      ...current,
    });

    // The poster first: where a clip is, its poster is.
    await clips.putFile(clip.posterKey, rendered.posterPath, { contentType: 'image/jpeg' });
    await clips.putFile(clip.key, rendered.clipPath, {
      contentType: 'video/mp4',
      metadata: {
        'duration-seconds': String(rendered.durationSeconds),
        'bytes-read': String(rendered.bytesRead),
      },
      once: true,
    });
  }

  await commit(deps, run, clip, now());
}

async function claim({ jobs }: Pick<StepDeps, 'jobs'>, run: ClipRun): Promise<Clip> {
  const { attempt, clipNumber, jobId } = run;
  const change = await jobs.changeClip(
    { jobId, clipNumber },
    { status: ['pending', 'rendering', 'failed'], attempt },
    { status: 'rendering', renderedPercent: 0, failure: null },
  );
  if (change.changed || change.now?.status === 'completed') return change.now as Clip;
  throw new StaleAttempt(`Clip ${clipNumber} is no longer rendered by attempt ${attempt}.`);
}

/** Writes down what lies in the bucket: what this run put there, or another before it. */
async function commit(
  { jobs, clips }: Pick<StepDeps, 'jobs' | 'clips'>,
  run: ClipRun,
  clip: Clip,
  at: string,
) {
  const files = await stored(clips, clip);
  if (!files) throw new Error(`Clip ${clip.clipNumber} was written but is not there.`);

  const change = await jobs.changeClip(
    clip,
    { status: ['rendering'], attempt: run.attempt },
    {
      status: 'completed',
      renderedPercent: 100,
      etag: files.video.etag,
      sizeBytes: files.video.sizeBytes,
      durationSeconds: Number(files.video.metadata['duration-seconds']),
      bytesRead: Number(files.video.metadata['bytes-read']),
      posterEtag: files.poster.etag,
      completedAt: at,
    },
  );
  if (!change.changed && change.now?.status !== 'completed') {
    throw new StaleAttempt(`Clip ${clip.clipNumber} went on without attempt ${run.attempt}.`);
  }
}

async function stored(clips: ObjectStore, clip: Clip) {
  const video = await clips.head(clip.key);
  const poster = video && (await clips.head(clip.posterKey));
  return video && poster ? { video, poster } : undefined;
}
