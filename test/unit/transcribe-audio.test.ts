import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deleteJob } from '../../core/jobs/delete-job.ts';
import type { Job } from '../../core/jobs/job.ts';
import { transcribeAudio } from '../../core/jobs/transcribe-audio.ts';
import { ids } from '../../lambdas/shared/ids.ts';
import { aJob, noon } from '../support/builders.ts';
import { Died, dyingAt } from '../support/dying.ts';
import { someFacts } from '../support/memory-media.ts';
import { runSteps } from '../support/run-job.ts';
import { anExtractedJob, room, run, transcript } from '../support/transcript-jobs.ts';

describe('the transcription of a job', () => {
  it('is begun once, looked at until it is done, and kept with captions of it', async () => {
    const deps = await anExtractedJob();

    expect(await transcribeAudio(deps, run, room())).toEqual({ done: false });
    expect(await transcribeAudio(deps, run, room())).toEqual({ done: false });
    deps.transcriber.complete(transcript);
    expect(await transcribeAudio(deps, run, room())).toEqual({ done: true });
    expect(await transcribeAudio(deps, run, room())).toEqual({ done: true });

    const job = await deps.jobs.get('job-1');
    expect(job).toMatchObject({ status: 'transcribing', transcribedSeconds: 60 });
    expect(job?.transcript?.key).toMatch(/^work\/.*\/job-1\/transcript-1\.json$/);
    expect(job?.spokenCaptions?.key).toMatch(/captions\.spoken\.vtt$/);
    expect(deps.transcriber.started).toEqual(['clipwright-job-1-1']);
  });

  it.each<[string, Partial<Job>]>([
    ['has no sound', { audio: undefined }],
    [
      'came with its segments',
      { settings: { ...aJob().settings, segments: [{ startSeconds: 1, endSeconds: 5 }] } },
    ],
    [
      'has its segments from an earlier attempt',
      { segments: [{ startSeconds: 1, endSeconds: 9, title: 'a', reason: 'b' }] },
    ],
    ['is longer than the service takes', { facts: { ...someFacts, durationSeconds: 4 * 3600 + 1 } }],
  ])('is not begun where the job %s', async (_what, overrides) => {
    const deps = await anExtractedJob(overrides);

    expect(await transcribeAudio(deps, run, room())).toEqual({ done: true });

    expect(deps.transcriber.started).toEqual([]);
    expect((await deps.jobs.get('job-1'))?.status).toBe('preprocessing');
  });

  it('that failed, or takes for ever, is not waited for, and the reason is in the timeline', async () => {
    const failing = await anExtractedJob();
    await transcribeAudio(failing, run, room());
    failing.transcriber.fail('The media was too quiet');
    const slow = await anExtractedJob();
    await transcribeAudio(slow, run, room());

    expect(await transcribeAudio(failing, run, room())).toEqual({ done: true });
    expect(await transcribeAudio(slow, run, room('2026-01-01T13:59:59.000Z'))).toEqual({ done: false });
    expect(await transcribeAudio(slow, run, room('2026-01-01T14:00:00.000Z'))).toEqual({ done: true });
    expect(failing.jobs.notes.at(-1)?.text).toBe('Writing down what is said failed: The media was too quiet');
    expect(slow.jobs.notes.at(-1)?.text).toMatch(/too long/);
  });

  it('is one for all that a function dies at any call and is run again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 25 }), fc.boolean(), async (at, after) => {
        const deps = await anExtractedJob();
        const dying = dyingAt(deps, at, after);
        const survive = (error: unknown) => {
          if (!(error instanceof Died)) throw error;
        };
        await transcribeAudio(dying, run, room()).catch(survive);
        await transcribeAudio(dying, run, room()).catch(survive);
        deps.transcriber.complete(transcript);
        await transcribeAudio(dying, run, room()).catch(survive);

        const { done } = await transcribeAudio(deps, run, room());

        expect(deps.transcriber.started).toHaveLength(1);
        expect(done).toBe(true);
        expect(await deps.jobs.get('job-1')).toMatchObject({ transcribedSeconds: 60 });
      }),
      { numRuns: 60 },
    );
  });

  it('leaves nothing behind: neither of a job that goes well, nor of one that is deleted', async () => {
    const deps = await anExtractedJob();
    await transcribeAudio(deps, run, room());
    deps.uploads.put(`work/${ids.ownerHash('alice')}/job-1/.write_access_check_file.temp`, '');
    deps.transcriber.complete(transcript);
    await transcribeAudio(deps, run, room());

    await runSteps(deps, run);

    expect(await deps.jobs.get('job-1')).toMatchObject({ status: 'completed', cleanup: 'done' });
    expect(deps.uploads.keys()).toEqual([]);
  });

  it('that ended for a job that was cancelled is erased with it', async () => {
    const deps = await anExtractedJob({ audio: undefined, status: 'cancelled' });
    const folder = `work/${ids.ownerHash('alice')}/job-1`;
    for (const name of ['transcript-1.json', '.write_access_check_file.temp', 'captions.spoken.vtt']) {
      deps.uploads.put(`${folder}/${name}`, '{}');
    }

    await deleteJob(deps, 'alice', 'job-1', noon);

    expect(deps.uploads.keys()).toEqual(['work/audio.flac']);
  });
});
