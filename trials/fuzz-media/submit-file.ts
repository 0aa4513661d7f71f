import { readFile } from 'node:fs/promises';
import type { Job } from '../../core/jobs/job.ts';
import type { Cut } from '../../core/media/clip/clip-look.ts';
import type { Media } from '../../core/media/types.ts';
import { aJob } from '../../test/support/builders.ts';
import { memoryDeps } from '../../test/support/job-deps.ts';
import { runJob } from '../../test/support/run-job.ts';

export interface Outcome {
  job: Job;
  /** Codes of the clips that failed. */
  clipCodes: string[];
  /** How many clips hold packets of the source. */
  copiedClips: number;
  sourceKept: boolean;
  /** Everything that was written: clips, posters, the sound. */
  written: { key: string; bytes: Uint8Array }[];
  /** What the media threw. */
  errors: unknown[];
}

const settings = { numSegments: 2, minDurationSeconds: 1, maxDurationSeconds: 2 };

/** Runs a file through a job of two clips, cut so, by the real steps and with `media`, up to `signal`. */
export async function submitFile(
  media: Media,
  bytes: Uint8Array,
  cut: Cut,
  room: { signal: AbortSignal; temporaryRoot: string },
): Promise<Outcome> {
  const errors: unknown[] = [];
  const { uploads, clips, ...others } = memoryDeps();
  const deps = { ...others, uploads, clips, media: listeningTo(media, errors) };
  const job = aJob({ status: 'pending', settings: { ...settings, cut } });
  const { key } = job.source;
  const { etag, sizeBytes } = uploads.put(key, bytes);
  await deps.jobs.create({ ...job, source: { ...job.source, etag, sizeBytes } });
  // A cleanup frees the sound, which is to be looked at, too.
  const written = new Map<string, Uint8Array>();
  for (const store of [uploads, clips]) keepWhatIsPut(store, written);

  await runJob(deps, { jobId: job.jobId, attempt: 1 }, room);

  const made = await deps.jobs.getClips(job.jobId);
  return {
    job: (await deps.jobs.get(job.jobId))!,
    clipCodes: made.flatMap(({ failure }) => failure?.code ?? []),
    copiedClips: made.filter(
      ({ status, notes }) => cut === 'fast' && status === 'completed' && !notes?.length,
    ).length,
    sourceKept: (await uploads.head(key))?.etag === etag,
    written: [...written].map(([writtenKey, content]) => ({ key: writtenKey, bytes: content })),
    errors,
  };
}

function listeningTo(media: Media, errors: unknown[]): Media {
  const listened = Object.entries(media).map(([name, run]) => [
    name,
    async (...args: unknown[]) => {
      try {
        return await run(...args);
      } catch (error) {
        errors.push(error);
        throw error;
      }
    },
  ]);
  return Object.fromEntries(listened) as Media;
}

function keepWhatIsPut(
  store: ReturnType<typeof memoryDeps>['clips'],
  written: Map<string, Uint8Array>,
): void {
  const { putFile } = store;
  store.putFile = async (key, path, options) => {
    written.set(key, await readFile(path));
    return putFile(key, path, options);
  };
}
