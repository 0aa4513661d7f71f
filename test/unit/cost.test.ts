import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  chooseMemory,
  networkBytesASecond,
  predictSample,
  type Work,
} from '../../core/cost/choose-memory.ts';
import { estimateCost } from '../../core/cost/estimate-cost.ts';
import type { StepUse } from '../../core/cost/step-use.ts';
import { takenBy } from '../../core/cost/taken-by.ts';
import type { Taken } from '../../core/cost/total-use.ts';
import type { Job } from '../../core/jobs/job.ts';
import { aClip, aJob, noon } from '../support/builders.ts';

const aUse = (overrides: Partial<StepUse> = {}): StepUse => ({
  ...{ memoryMegabytes: 1024, milliseconds: 1000 },
  ...{ s3Writes: 0, s3Reads: 0, tableWrites: 0, tableReads: 0, ...overrides },
});
const noWork: Work = { serialSeconds: 0, sharedSeconds: 0, streamedBytes: 0, waitSeconds: 0 };
const nothing: Taken = { steps: [], transitions: 0, s3Writes: 0, storedGbMonths: 0, transcribedSeconds: 0 };

describe('the estimate of a cost', () => {
  it('asks nothing for nothing', () => {
    const cost = estimateCost(nothing);

    expect(cost).toEqual({ lambda: 0, states: 0, s3: 0, dynamodb: 0, transcribe: 0, model: 0, total: 0 });
  });

  it('prices a million GB-seconds and requests, a thousand transitions, and so on, as AWS does', () => {
    const million = aUse({
      milliseconds: 1e9,
      s3Reads: 1e6,
      s3Writes: 1000,
      tableReads: 1e6,
      tableWrites: 1e6,
    });
    const cost = estimateCost({
      ...nothing,
      steps: [million],
      transitions: 1000,
      s3Writes: 1000,
      storedGbMonths: 10,
      transcribedSeconds: 3600,
      modelUse: { model: 'global.anthropic.claude-haiku-4-5', inputTokens: 15_000, outputTokens: 2000 },
    });

    expect(cost).toEqual({
      lambda: 13.3334,
      states: 0.025,
      s3: 0.64,
      dynamodb: 0.75,
      transcribe: 1.44,
      model: 0.025,
      total: 16.2134,
    });
  });

  it('tells no price of a model that is not in the list', () => {
    const modelUse = { model: 'global.somebody.new', inputTokens: 1000, outputTokens: 1000 };

    expect(estimateCost({ ...nothing, transitions: 1000, modelUse })).toMatchObject({
      model: null,
      total: 0.025,
    });
  });

  it('is the sum of its parts, and never less when more is taken', () => {
    const taken = fc.record({
      steps: fc.array(
        fc.record({
          memoryMegabytes: fc.integer({ min: 128, max: 10_240 }),
          milliseconds: fc.integer({ min: 1, max: 900_000 }),
          s3Writes: fc.nat(100),
          s3Reads: fc.nat(10_000),
          tableWrites: fc.nat(100),
          tableReads: fc.nat(100),
        }),
        { maxLength: 60 },
      ),
      transitions: fc.nat(500),
      s3Writes: fc.nat(10_000),
      storedGbMonths: fc.double({ min: 0, max: 100, noNaN: true }),
      transcribedSeconds: fc.nat(14_400),
    });
    fc.assert(
      fc.property(taken, (one) => {
        const { total, model, ...parts } = estimateCost(one);
        const more = estimateCost({
          ...one,
          steps: [...one.steps, aUse()],
          transitions: one.transitions + 1,
        });

        expect(total).toBeCloseTo(Object.values(parts).reduce((a, b) => a + b) + (model ?? 0), 6);
        expect(more.total).toBeGreaterThan(total);
      }),
    );
  });
});

describe('what a job took', () => {
  const completed: Partial<Job> = {
    status: 'completed',
    reachedAt: { pending: noon, preprocessing: noon, analyzing: noon, clipping: noon, completed: noon },
  };
  const rendered = [1, 2].map((clipNumber) => aClip({ clipNumber, status: 'completed', renderUse: aUse() }));

  it('is every step of its own, and every clip', () => {
    const [probeUse, audioUse, selectUse, finishUse, cleanUpUse] = [1, 2, 3, 4, 5].map((milliseconds) =>
      aUse({ milliseconds }),
    );
    const job = aJob({ ...completed, probeUse, audioUse, selectUse, finishUse, cleanUpUse });

    const { steps } = takenBy(job, rendered);

    expect(steps.map(({ milliseconds }) => milliseconds)).toEqual([1, 2, 3, 4, 5, 1000, 1000]);
  });

  it('is so far nothing where nothing was begun, and of jobs of before it was recorded no function', () => {
    expect(estimateCost(takenBy(aJob(), [])).total).toBe(0);
    expect(takenBy(aJob(completed), [aClip({ status: 'completed' })]).steps).toEqual([]);
  });

  it('counts the parts that were sent up', () => {
    const arrived = { ...aJob().source, arrivedAt: noon };
    const upload = { uploadId: 'u', partSizeBytes: 1, numParts: 100 };

    expect(takenBy(aJob({ source: arrived }), []).s3Writes).toBe(1);
    expect(takenBy(aJob({ source: arrived, upload }), []).s3Writes).toBe(103);
  });

  it('keeps a source for as long as it lies there', () => {
    const deletedAt = '2026-01-31T12:00:00.000Z';
    const source = { ...aJob().source, sizeBytes: 1024 ** 3, arrivedAt: noon, deletedAt };

    expect(takenBy(aJob({ source }), []).storedGbMonths).toBe(1);
  });

  it.each(['cancelled', 'expired'] as const)(
    'has the transitions that tell of a job that was %s',
    (status) => {
      const webhookUrl = 'https://example.com/hook';
      const settings = { ...aJob().settings, webhookUrl };

      expect(takenBy(aJob({ status }), []).transitions).toBe(3);
      expect(takenBy(aJob({ status, settings }), []).transitions).toBe(4);
    },
  );

  it('has transitions of each attempt', () => {
    const once = takenBy(aJob(completed), rendered).transitions;
    const twice = takenBy(aJob({ ...completed, attempt: 2 }), rendered).transitions;

    expect(once).toBe(13);
    expect(twice).toBeGreaterThan(once + 5);
  });
});

describe('the choice of a memory', () => {
  it('is the fastest of those that cost about the same', () => {
    const samples = [
      { memoryMegabytes: 1024, milliseconds: 3000 },
      { memoryMegabytes: 2048, milliseconds: 1500 },
      { memoryMegabytes: 4096, milliseconds: 800 },
      { memoryMegabytes: 8192, milliseconds: 700 },
    ];

    expect(chooseMemory(samples).memoryMegabytes).toBe(4096);
    expect(chooseMemory(samples, 0).memoryMegabytes).toBe(2048);
  });

  it('takes the median of a sweep that has several of each', () => {
    const slow = [900, 1000, 60_000].map((milliseconds) => ({ memoryMegabytes: 1024, milliseconds }));
    const fast = [800, 950, 990].map((milliseconds) => ({ memoryMegabytes: 2048, milliseconds }));

    expect(chooseMemory([...slow, ...fast])).toEqual({ memoryMegabytes: 1024, milliseconds: 1000 });
    expect(() => chooseMemory([])).toThrow(RangeError);
  });

  it('predicts that work for one vCPU gains nothing beyond one, and shared work all of it', () => {
    const seconds = (work: Parameters<typeof predictSample>[0]) =>
      [1769, 3538].map((memory) => predictSample(work, memory).milliseconds / 1000);

    expect(seconds({ ...noWork, serialSeconds: 8, waitSeconds: 1 })).toEqual([9, 9]);
    expect(seconds({ ...noWork, sharedSeconds: 8, waitSeconds: 1 })).toEqual([9, 5]);
  });

  it('predicts that what is read ahead takes the network’s time or the processor’s, whichever is longer', () => {
    const read = (work: Partial<Work>) =>
      [1024, 10_240].map(
        (memory) =>
          predictSample({ ...noWork, streamedBytes: 10 * networkBytesASecond, ...work }, memory)
            .milliseconds / 1000,
      );

    expect(read({})).toEqual([10, 10]);
    expect(read({ serialSeconds: 9, waitSeconds: 1 })).toEqual([(9 * 1769) / 1024 + 1, 11]);
  });
});
