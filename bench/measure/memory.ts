import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { chooseMemory, predictSample } from '../../core/cost/choose-memory.ts';
import { prices } from '../../core/cost/prices.ts';
import { gbSecondsOf } from '../../core/cost/total-use.ts';
import type { FigurePlan } from '../figure.ts';
import type { Measurement } from '../measurement.ts';
import { createReadings } from '../readings.ts';
import { measuredSteps, runStep } from '../run-step.ts';
import { stagedFunctions } from '../staged-functions.ts';
import { eachRun } from '../timed.ts';
import { rendersLongest, workOf } from '../work-of.ts';
import { makeWorstPicture } from '../worst-picture.ts';

const minutes = 30;
const clipSeconds = 20;
const sizes = [1024, 1769, 3008, 5308, 10_240];
/** What new accounts may have, and so what is chosen from. */
const mostMegabytes = 3008;

const about: Record<(typeof measuredSteps)[number], string> = {
  'extract-audio': `extract-audio, ${minutes} min of 1080p`,
  'select-segments': `select-segments, ${minutes} min heard`,
  'render-clip': `render-clip, ${clipSeconds} s of 1080p`,
};

const worstPeak: FigurePlan = {
  name: 'memory.extract-audio.worst_peak',
  about: 'extract-audio, 8192 × 4320 without sound: most resident memory, Node.js and ffmpeg',
  unit: 'MB',
  against: 'what the function has',
  goal: { of: 'ratio', is: '≤', bound: 1 },
};

/**
 * Which memory suits the steps that compute. Measured: processor time, what a second core brings, requests, peak of memory.
 * Modelled from that: time and cost at each size, as Lambda gives vCPUs and network.
 */
export const memory: Measurement = {
  name: 'memory',
  figures: measuredSteps.flatMap((step): FigurePlan[] => [
    { name: `memory.${step}.cpu`, about: `${about[step]}: processor time`, unit: 's' },
    {
      name: `memory.${step}.two_cores`,
      about: `${about[step]}: on two cores`,
      unit: 's',
      against: 'on one',
    },
    {
      name: `memory.${step}.peak`,
      about: `${about[step]}: most resident memory, Node.js and ffmpeg`,
      unit: 'MB',
      against: 'what the function has',
      goal: { of: 'ratio', is: '≤', bound: 1 },
    },
    ...(step === 'extract-audio' ? [worstPeak] : []),
    { name: `memory.${step}.bytes`, about: `${about[step]}: read`, unit: 'B' },
    { name: `memory.${step}.requests`, about: `${about[step]}: reads`, unit: 'requests' },
    ...sizes.flatMap((size) => [
      {
        name: `memory.${step}.${size}.seconds`,
        about: `${about[step]}: time with ${size} MB, modelled`,
        unit: 's',
      },
      {
        name: `memory.${step}.${size}.cost`,
        about: `${about[step]}: a thousand of them with ${size} MB, modelled`,
        unit: '$',
      },
    ]),
    {
      name: `memory.${step}.configured`,
      about: `${about[step]}: what the function has`,
      unit: 'MB',
      against: `what the model chooses, up to ${mostMegabytes} MB`,
      goal: { of: 'ratio', is: '=', bound: 1 },
    },
  ]),
  async measure({ runs, quick, folder, signal, print, longSource }) {
    const { path, minutes: made } = longSource(minutes);
    const startSeconds = made * 30 + 0.7;
    const range = { startSeconds, endSeconds: startSeconds + (quick ? 3 : clipSeconds) };
    print('making the largest picture there may be');
    const worst = makeWorstPicture(folder);
    const staged = await stagedFunctions(print);
    const { readings, add } = createReadings();
    let audioPath = '';
    for (const _run of eachRun({ runs, signal, print })) {
      for (const step of measuredSteps) {
        const on = (cores: 1 | 2) => {
          signal.throwIfAborted();
          const own = mkdtempSync(join(folder, `${step}-`));
          const order = {
            ...{ step, path: step === 'select-segments' ? audioPath : path, folder: own, range },
            nodeOptions: staged.get(step)!.variables.NODE_OPTIONS,
          };
          return runStep(order, cores, signal);
        };
        const [one, two] = [await on(1), await on(2)];
        audioPath = two.audioPath ?? audioPath;
        // Both should be about the same: else the machine does other things, and what a second core brings is a guess.
        print(
          `${step}: ${one.wallSeconds.toFixed(1)} s on one core, ${one.cpuSeconds.toFixed(1)} s of its time`,
        );
        const peakMegabytes = Math.max(one.peakMegabytes, two.peakMegabytes);
        const configured = staged.get(step)!.memoryMegabytes;
        let mostOfAny = peakMegabytes;
        if (step === 'extract-audio') {
          const order = { step: 'find-scenes', path: worst, folder, range } as const;
          mostOfAny = (await runStep(order, 2, signal)).peakMegabytes;
          add(worstPeak.name, mostOfAny, configured);
        }
        const work = workOf(step, one, two);
        const samples = sizes.map((size) => predictSample(work, size));
        const fitting = samples.filter(
          ({ memoryMegabytes }) =>
            memoryMegabytes <= mostMegabytes &&
            memoryMegabytes >= mostOfAny &&
            (step !== 'render-clip' ||
              rendersLongest(work, range.endSeconds - range.startSeconds, memoryMegabytes)),
        );
        add(`memory.${step}.cpu`, two.cpuSeconds);
        add(`memory.${step}.two_cores`, two.wallSeconds, one.wallSeconds);
        add(`memory.${step}.peak`, peakMegabytes, configured);
        add(`memory.${step}.bytes`, two.bytesRead);
        add(`memory.${step}.requests`, two.requests);
        for (const sample of samples) {
          const name = `memory.${step}.${sample.memoryMegabytes}`;
          add(`${name}.seconds`, sample.milliseconds / 1000);
          add(`${name}.cost`, gbSecondsOf(sample) * prices.lambda.gbSecond * 1000);
        }
        // Where nothing fits, as on a slow machine, the most is the least bad.
        const chosen = fitting.length > 0 ? chooseMemory(fitting).memoryMegabytes : mostMegabytes;
        add(`memory.${step}.configured`, configured, chosen);
      }
    }
    return readings;
  },
};
