import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Counts, countedCloud } from '../counted-cloud.ts';
import type { FigurePlan } from '../figure.ts';
import type { Measurement } from '../measurement.ts';
import { createReadings } from '../readings.ts';
import { eachRun, unlessAborted } from '../timed.ts';

const talk = join('test', 'media', 'fixtures', 'talk.mp4');
const segmentAt = (n: number) => ({ start_time: n / 2, end_time: n / 2 + 1 });
const segments = (count: number) => Array.from({ length: count }, (_, n) => segmentAt(n));

type Cloud = Awaited<ReturnType<typeof countedCloud>>;
const units: Record<keyof Counts, string> = {
  seconds: 's',
  transitions: 'state transitions',
  writes: 'table writes',
  megabytes: 'MB',
};

/** One job of more and more clips. */
export const clipsOfAJob = scaleOf('clips', 'clips of 1 s in a job', [1, 4, 16, 50], async (cloud, count) =>
  finished(cloud, [await cloud.api.start(talk, { segments: segments(count) })]),
);

/** More and more jobs at once. */
export const jobsAtOnce = scaleOf(
  'jobs',
  'jobs at once, a clip of 1 s each',
  [1, 10, 50],
  async (cloud, count) => {
    const jobIds: string[] = [];
    for (let n = 0; n < count; n += 1) jobIds.push(await cloud.api.start(talk, { segments: segments(1) }));
    await finished(cloud, jobIds);
  },
);

function scaleOf(
  what: string,
  about: string,
  points: readonly number[],
  work: (cloud: Cloud, count: number) => Promise<void>,
): Measurement {
  const name = `scale-${what}`;
  const [before = 1, middle = 1, last = 1] = points.slice(-3);
  const kinds = Object.keys(units) as (keyof Counts)[];
  return {
    name,
    figures: kinds.flatMap((kind): FigurePlan[] => [
      ...points.map((point) => ({
        name: `${name}.${kind}.${point}`,
        about: `${point} ${about}`,
        unit: units[kind],
      })),
      kind === 'megabytes'
        ? {
            name: `${name}.${kind}.growth`,
            about: `${last} ${about}: peak of memory, all processes together`,
            unit: units[kind],
            against: `${middle}`,
            goal: { of: 'ratio', is: '≤', bound: 1.25 },
          }
        : {
            name: `${name}.${kind}.growth`,
            about: `${about}: what each more costs, from ${middle} to ${last}`,
            unit: units[kind],
            against: `from ${before} to ${middle}`,
            goal: { of: 'ratio', is: '≤', bound: 1.25 },
          },
    ]),
    async measure({ runs, quick, signal, print }) {
      const { readings, add } = createReadings();
      await using cloud = await countedCloud();
      await work(cloud, 1); // until functions are warm
      for (const run of eachRun({ runs, signal, print })) {
        const counts = new Map<number, Counts>();
        for (const point of quick ? points.slice(0, -1) : points) {
          signal.throwIfAborted();
          const counted = await cloud.during(() => unlessAborted(work(cloud, point), signal));
          counts.set(point, counted);
          print(`run ${run + 1}: ${point} ${JSON.stringify(counted)}`);
          for (const kind of kinds) add(`${name}.${kind}.${point}`, counted[kind]);
        }
        const [first, second, third] = [before, middle, last].map((point) => counts.get(point));
        if (!first || !second || !third) continue;
        for (const kind of kinds) {
          if (kind === 'megabytes') add(`${name}.${kind}.growth`, third[kind], second[kind]);
          else {
            const latter = (third[kind] - second[kind]) / (last - middle);
            add(`${name}.${kind}.growth`, latter, (second[kind] - first[kind]) / (middle - before));
          }
        }
      }
      return readings;
    },
  };
}

/** Until the last step has run: it announces jobs that are long completed. */
async function finished({ api, stateOf }: Cloud, jobIds: string[]): Promise<void> {
  for (const jobId of jobIds) {
    const { status, error_code } = await api.ended(jobId);
    if (status !== 'completed') throw new Error(`A job ${status}: ${error_code}`);
    while ((await stateOf(jobId)) === 'RUNNING') await sleep(50);
  }
}
