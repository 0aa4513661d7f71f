import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanUpJob } from '../../core/jobs/clean-up-job.ts';
import { deleteJob } from '../../core/jobs/delete-job.ts';
import type { JobSettings } from '../../core/jobs/job.ts';
import { retryJob } from '../../core/jobs/retry-job.ts';
import type { ClipOutput } from '../../core/media/clip/clip-look.ts';
import { aJob, noon } from '../support/builders.ts';
import { startedJob } from '../support/job-deps.ts';
import { runJob } from '../support/run-job.ts';

const run = { jobId: 'job-1', attempt: 1 };
const words = 'WEBVTT\n\n00:00.000 --> 00:04.000\nHello\n';
const outputs: ClipOutput[] = [
  { shape: 'source', fit: 'crop' },
  { shape: 'vertical', fit: 'blur' },
];
const segments = [
  { startSeconds: 1, endSeconds: 3 },
  { startSeconds: 10, endSeconds: 12 },
];

/** Alice's job, started with these settings and, unless told otherwise, with captions. */
async function started(settings: Partial<JobSettings> = {}) {
  const deps = await startedJob();
  const key = `work/${deps.ids.ownerHash('alice')}/job-1/captions.vtt`;
  const captionsFile = { ...deps.uploads.put(key, words), format: 'vtt' as const, digest: '' };
  const all = { ...aJob().settings, outputs, segments, captionsFile, ...settings };
  await deps.jobs.change('job-1', { status: ['pending'], attempt: 1 }, { settings: all });
  return deps;
}

const namesIn = ({ clips }: Awaited<ReturnType<typeof started>>) =>
  clips.keys().map((key) => key.split('/').at(-1));

describe('the files of a clip', () => {
  it('are a video and a poster for each shape, and captions where words fall into it', async () => {
    const deps = await started();

    await runJob(deps, run);

    const [spoken, silent] = await deps.jobs.getClips('job-1');
    expect(namesIn(deps)).toEqual([
      ...['001-vertical-blur.jpg', '001-vertical-blur.mp4', '001.jpg', '001.mp4', '001.srt', '001.vtt'],
      ...['002-vertical-blur.jpg', '002-vertical-blur.mp4', '002.jpg', '002.mp4'],
    ]);
    expect(spoken?.files?.map(({ kind, shape, fit }) => [kind, shape, fit])).toEqual([
      ['video', 'source', 'crop'],
      ['poster', 'source', 'crop'],
      ['video', 'vertical', 'blur'],
      ['poster', 'vertical', 'blur'],
      ['captions', undefined, undefined],
      ['captions', undefined, undefined],
    ]);
    expect(spoken?.files?.[2]).toMatchObject({ widthPixels: 1080, heightPixels: 1920 });
    expect(spoken?.files?.[0]).toMatchObject({ etag: spoken?.etag, sizeBytes: spoken?.sizeBytes });
    expect(silent?.files).toHaveLength(4);
    expect(deps.media.renders).toBe(2);
    expect(deps.uploads.keys()).toEqual([]);
  });

  it.each([
    ['off', false, false],
    ['sidecar', true, false],
    ['burn', true, true],
  ] as const)('with captions %s have words beside them: %s, within: %s', async (captions, beside, within) => {
    const deps = await started({ captions });
    const burnt: unknown[] = [];
    const { renderClip } = deps.media;
    deps.media.renderClip = (source, facts, range, options) => {
      burnt.push(options.look?.captions ?? []);
      return renderClip(source, facts, range, options);
    };

    await runJob(deps, run);

    expect(namesIn(deps).includes('001.vtt')).toBe(beside);
    expect(burnt).toEqual([within ? [{ startSeconds: 0, endSeconds: 2, text: 'Hello' }] : [], []]);
  });

  it('are told to have no words where they were to be burnt in and there are none', async () => {
    const deps = await started({ captions: 'burn', captionsFile: undefined });

    await runJob(deps, run);

    expect((await deps.jobs.get('job-1'))?.notes).toEqual([expect.stringMatching(/no captions/)]);
  });

  it('are written once each: a retry after the second shape failed adds only what is missing', async () => {
    const deps = await started();
    const { putFile } = deps.clips;
    const written: string[] = [];
    let fails = true;
    deps.clips.putFile = async (key, path, options) => {
      if (key.endsWith('001-vertical-blur.jpg') && fails) {
        fails = false;
        throw new Error('throttled');
      }
      const put = await putFile(key, path, options);
      if (put.created) written.push(key);
      return put;
    };

    await runJob(deps, run);
    const failed = await deps.jobs.get('job-1');
    const leftOver = namesIn(deps).filter((name) => name?.startsWith('001'));
    const { attempt } = await retryJob(deps, 'alice', 'job-1', noon);
    await runJob(deps, { ...run, attempt });

    expect(failed).toMatchObject({ status: 'failed', failure: { code: 'clips_failed' } });
    expect(leftOver).not.toContain('001.mp4');
    expect(leftOver).toContain('001-vertical-blur.mp4');
    expect(await deps.jobs.get('job-1')).toMatchObject({ status: 'completed', cleanup: 'done' });
    expect(written.toSorted()).toEqual(deps.clips.keys().filter((key) => /mp4|jpg$/.test(key)));
  });

  it('all have to be as they were rendered before anything is cleaned up', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(9), async (index) => {
        const deps = await started();
        const { head } = deps.clips;
        let key: string | undefined;
        // What was written in the end goes away between the rendering and the last look.
        deps.clips.head = async (asked) => {
          const all = await deps.jobs.getClips('job-1');
          if (all.every(({ status }) => status === 'completed')) key ??= deps.clips.keys()[index];
          return asked === key ? undefined : head(asked);
        };

        await runJob(deps, run);

        expect(key).toBeDefined();
        expect(await deps.jobs.get('job-1')).toMatchObject({ failure: { code: 'clips_failed' } });
        expect(deps.uploads.keys()).toHaveLength(2);
      }),
      { numRuns: 10 },
    );
  });

  it('are found by whoever finds the clip rendered already, with what the renderer had to say', async () => {
    const deps = await started();
    const { renderClip } = deps.media;
    deps.media.renderClip = async (...given) => ({ ...(await renderClip(...given)), notes: ['No 中'] });
    const { changeClip } = deps.jobs;
    let dies = true;
    deps.jobs.changeClip = async (clip, expected, set) => {
      if (set.status === 'completed' && dies) {
        dies = false;
        throw new Error('died');
      }
      return changeClip(clip, expected, set);
    };

    await runJob(deps, run);
    const { attempt } = await retryJob(deps, 'alice', 'job-1', noon);
    await runJob(deps, { ...run, attempt });

    const [first] = await deps.jobs.getClips('job-1');
    expect(deps.media.renders).toBe(2);
    expect(first?.files).toHaveLength(6);
    expect(first).toMatchObject({ notes: ['No 中'], durationSeconds: 2, bytesRead: 1 });
  });

  it('are all deleted with the job, also those of a clip that was never finished', async () => {
    const deps = await started();
    const { putFile } = deps.clips;
    deps.clips.putFile = async (key, path, options) => {
      if (key.endsWith('002.mp4')) throw new Error('throttled');
      return putFile(key, path, options);
    };
    await runJob(deps, run);
    const before = deps.clips.keys();

    await deleteJob(deps, 'alice', 'job-1', noon);

    expect(before).toHaveLength(9);
    expect([...deps.clips.keys(), ...deps.uploads.keys()]).toEqual([]);
  });

  it('are one video and its poster in a job of before there was a choice', async () => {
    const deps = await started({ outputs: undefined, captionsFile: undefined, captions: undefined });
    const down = async () => Promise.reject(new Error('down'));
    await runJob({ ...deps, uploads: { ...deps.uploads, delete: down } }, run);
    const clips = await deps.jobs.getClips('job-1');
    // Such a record names no files.
    await Promise.all(
      clips.map((clip) => deps.jobs.changeClip(clip, { status: ['completed'], attempt: 1 }, { files: null })),
    );

    await cleanUpJob(deps, run, () => noon);

    expect(namesIn(deps)).toEqual(['001.jpg', '001.mp4', '002.jpg', '002.mp4']);
    expect(await deps.jobs.get('job-1')).toMatchObject({ status: 'completed', cleanup: 'done' });
    await deleteJob(deps, 'alice', 'job-1', noon);
    expect(deps.clips.keys()).toEqual([]);
  });
});
