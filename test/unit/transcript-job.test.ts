import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deleteJob } from '../../core/jobs/delete-job.ts';
import type { Job } from '../../core/jobs/job.ts';
import { selectSegments } from '../../core/jobs/select-segments.ts';
import { transcribeAudio } from '../../core/jobs/transcribe-audio.ts';
import type { LanguageModel } from '../../core/ports/language.ts';
import { ids } from '../../lambdas/shared/ids.ts';
import { aJob, noon } from '../support/builders.ts';
import { Died, dyingAt } from '../support/dying.ts';
import { memoryDeps } from '../support/job-deps.ts';
import { memoryLanguageModel } from '../support/memory-language-model.ts';
import { memoryMedia, someFacts } from '../support/memory-media.ts';
import { memoryTranscriber } from '../support/memory-transcriber.ts';
import { runSteps } from '../support/run-job.ts';
import { aSound } from '../support/sound.ts';
import { anAnswer, someSentences, spokenWords } from '../support/transcripts.ts';

const run = { jobId: 'job-1', attempt: 1 };
const transcript = { words: spokenWords(someSentences(12)), languageCode: 'en-US' };
const sound = aSound({ durationSeconds: 60 });
const room = (now = noon) => ({ signal: new AbortController().signal, now: () => now });

/** A job whose audio was taken out of a minute of talk, in a stack that transcribes. */
async function extracted(
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
async function decided(overrides: Partial<Job> = {}, model?: LanguageModel) {
  const deps = await extracted(overrides, model);
  await transcribeAudio(deps, run, room());
  deps.transcriber.complete(transcript);
  await transcribeAudio(deps, run, room());
  await selectSegments(deps, run, room());
  const job = await deps.jobs.get('job-1');
  return { ...deps, job: job! };
}

const withInstructions = { settings: { ...aJob().settings, customInstructions: 'Only prices' } };

describe('the transcription of a job', () => {
  it('is begun once, looked at until it is done, and kept with captions of it', async () => {
    const deps = await extracted();

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
    const deps = await extracted(overrides);

    expect(await transcribeAudio(deps, run, room())).toEqual({ done: true });

    expect(deps.transcriber.started).toEqual([]);
    expect((await deps.jobs.get('job-1'))?.status).toBe('preprocessing');
  });

  it('that failed, or takes for ever, is not waited for, and the reason is in the timeline', async () => {
    const failing = await extracted();
    await transcribeAudio(failing, run, room());
    failing.transcriber.fail('The media was too quiet');
    const slow = await extracted();
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
        const deps = await extracted();
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
        if (done) expect(await deps.jobs.get('job-1')).toMatchObject({ transcribedSeconds: 60 });
      }),
      { numRuns: 60 },
    );
  });

  it('leaves nothing behind: neither of a job that goes well, nor of one that is deleted', async () => {
    const deps = await extracted();
    await transcribeAudio(deps, run, room());
    deps.uploads.put(`work/${ids.ownerHash('alice')}/job-1/.write_access_check_file.temp`, '');
    deps.transcriber.complete(transcript);
    await transcribeAudio(deps, run, room());

    await runSteps(deps, run);

    expect(await deps.jobs.get('job-1')).toMatchObject({ status: 'completed', cleanup: 'done' });
    expect(deps.uploads.keys()).toEqual([]);
  });

  it('that ended for a job that was cancelled is erased with it', async () => {
    const deps = await extracted({ audio: undefined, status: 'cancelled' });
    const folder = `work/${ids.ownerHash('alice')}/job-1`;
    for (const name of ['transcript-1.json', '.write_access_check_file.temp', 'captions.spoken.vtt']) {
      deps.uploads.put(`${folder}/${name}`, '{}');
    }

    await deleteJob(deps, 'alice', 'job-1', noon);

    expect(deps.uploads.keys()).toEqual(['work/audio.flac']);
  });
});

describe('segments of a job that was transcribed', () => {
  it("are the model's, made up by the sound, with what it took on the record", async () => {
    const { job } = await decided();

    expect(job.segments).toHaveLength(2);
    expect(job.segments).toContainEqual(
      expect.objectContaining({ title: 'From 3', startSeconds: 9.25, endSeconds: 19.25 }),
    );
    expect(job.modelUse).toEqual({ model: 'by-rote', inputTokens: 1000, outputTokens: 100 });
    expect(job.notes).toEqual([]);
  });

  it('follow custom_instructions, which are what the model goes by', async () => {
    const model = memoryLanguageModel(anAnswer([3, 4]));

    const { job } = await decided(withInstructions, model);

    expect(model.questions[0]?.prompt).toContain('<criterion>\nOnly prices\n</criterion>');
    expect(job.segments?.map(({ title }) => title)).toEqual(['From 3']);
    expect(job.notes).toEqual(['The recording holds 1 of the 2 clips that were asked.']);
  });

  it('are one answer for a long recording, the best of all its passages', async () => {
    const long = { words: spokenWords(someSentences(2000)) };
    const facts = { ...someFacts, durationSeconds: 10_000 };
    const model = memoryLanguageModel(({ prompt }: { prompt: string }) => {
      const first = Number(/\[(\d+)\]/.exec(prompt)?.[1]);
      return anAnswer([first + 1, first + 2, first === 1 ? 20 : 80]);
    });
    const deps = await extracted({ facts }, model);
    deps.media.listen = async () => aSound({ durationSeconds: 10_000 });
    await transcribeAudio(deps, run, room());
    deps.transcriber.complete(long);
    await transcribeAudio(deps, run, room());

    await selectSegments(deps, run, room());

    const job = await deps.jobs.get('job-1');
    expect(model.questions.length).toBeGreaterThanOrEqual(2);
    expect(job?.modelUse?.inputTokens).toBe(1000 * model.questions.length);
    expect(job?.segments?.map(({ score }) => score)).toContain(0.8);
  });
});

const bad: [what: string, model: LanguageModel, note: RegExp][] = [
  ['refuses', memoryLanguageModel(anAnswer([3, 4]), 'refused'), /no answer that could be used/],
  ['is cut off', memoryLanguageModel(anAnswer([3, 4]), 'cut off'), /no answer that could be used/],
  ['fills in no form', memoryLanguageModel(undefined, 'no form'), /no answer that could be used/],
  ['answers nonsense', memoryLanguageModel({ moments: 'none' }), /no moment that fits/],
  ['finds nothing', memoryLanguageModel({ moments: [] }), /no moment that fits/],
  ['is throttled', memoryLanguageModel(new Error('ThrottlingException')), /no answer that could be used/],
];

describe('a job with a model that is of no use', () => {
  it.each(bad)(
    'because it %s gets the clips it would get without, and a note',
    async (_what, model, note) => {
      const { job: without } = await decided({}, memoryLanguageModel({ moments: [] }));

      const { job } = await decided({}, model);

      expect(job.segments).toEqual(without.segments);
      expect(job.notes).toEqual([expect.stringMatching(note)]);
      expect(job.notes?.[0]).toMatch(/chosen by how they sound/);
    },
  );

  it('is told that custom_instructions were not followed', async () => {
    const { job } = await decided(withInstructions, memoryLanguageModel({ moments: [] }));

    expect(job.notes?.join()).toMatch(/custom_instructions were not followed/);
  });

  it('is told the same where there is no transcript, and nobody is asked', async () => {
    const model = memoryLanguageModel(anAnswer([3, 4]));
    const deps = await extracted(withInstructions, model);

    await selectSegments(deps, run, room());

    const job = await deps.jobs.get('job-1');
    expect(model.questions).toEqual([]);
    expect(job?.segments).toHaveLength(2);
    expect(job?.notes?.join()).toMatch(/could not be written down.*custom_instructions were not followed/);
  });

  it('stops at once when it is stopped itself', async () => {
    const stop = new AbortController();
    const model = memoryLanguageModel(() => {
      stop.abort(new Error('stopped'));
      return anAnswer([3, 4]);
    });
    const deps = await extracted({}, model);
    await transcribeAudio(deps, run, room());
    deps.transcriber.complete(transcript);
    await transcribeAudio(deps, run, room());

    await expect(selectSegments(deps, run, { ...room(), signal: stop.signal })).rejects.toThrow('stopped');
  });
});
