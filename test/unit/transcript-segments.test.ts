import { describe, expect, it } from '@jest/globals';
import { selectSegments } from '../../core/jobs/select-segments.ts';
import { transcribeAudio } from '../../core/jobs/transcribe-audio.ts';
import type { LanguageModel } from '../../core/ports/language.ts';
import { aJob } from '../support/builders.ts';
import { memoryLanguageModel } from '../support/memory-language-model.ts';
import { someFacts } from '../support/memory-media.ts';
import { aSound } from '../support/sound.ts';
import { aDecidedJob, anExtractedJob, room, run, transcript } from '../support/transcript-jobs.ts';
import { anAnswer, someSentences, spokenWords } from '../support/transcripts.ts';

const withInstructions = { settings: { ...aJob().settings, customInstructions: 'Only prices' } };

describe('segments of a job that was transcribed', () => {
  it("are the model's, made up by the sound, with what it took on the record", async () => {
    const { job } = await aDecidedJob();

    expect(job.segments).toHaveLength(2);
    expect(job.segments).toContainEqual(
      expect.objectContaining({ title: 'From 3', startSeconds: 9.25, endSeconds: 19.25 }),
    );
    expect(job.modelUse).toEqual({ model: 'by-rote', inputTokens: 1000, outputTokens: 100 });
    expect(job.notes).toEqual([]);
  });

  it('follow custom_instructions, which are what the model goes by', async () => {
    const model = memoryLanguageModel(anAnswer([3, 4]));

    const { job } = await aDecidedJob(withInstructions, model);

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
    const deps = await anExtractedJob({ facts }, model);
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
      const { job: without } = await aDecidedJob({}, memoryLanguageModel({ moments: [] }));

      const { job } = await aDecidedJob({}, model);

      expect(job.segments).toEqual(without.segments);
      expect(job.notes).toEqual([expect.stringMatching(note)]);
      expect(job.notes?.[0]).toMatch(/chosen by how they sound/);
    },
  );

  it('is told that custom_instructions were not followed', async () => {
    const { job } = await aDecidedJob(withInstructions, memoryLanguageModel({ moments: [] }));

    expect(job.notes?.join()).toMatch(/custom_instructions were not followed/);
  });

  it('is told the same where there is no transcript, and nobody is asked', async () => {
    const model = memoryLanguageModel(anAnswer([3, 4]));
    const deps = await anExtractedJob(withInstructions, model);

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
    const deps = await anExtractedJob({}, model);
    await transcribeAudio(deps, run, room());
    deps.transcriber.complete(transcript);
    await transcribeAudio(deps, run, room());

    await expect(selectSegments(deps, run, { ...room(), signal: stop.signal })).rejects.toThrow('stopped');
  });
});
