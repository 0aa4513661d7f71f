import { readReport } from '../../bench/report.ts';
import type { measuredSteps } from '../../bench/run-step.ts';
import { firstByteSeconds, repeated, workOf } from '../../bench/work-of.ts';
import { networkBytesASecond, predictSample, type Work } from '../../core/cost/choose-memory.ts';
import type { StepUse } from '../../core/cost/step-use.ts';
import type { Taken } from '../../core/cost/total-use.ts';
import { mostWindowBytes } from '../../core/media/reads/pace-reads.ts';

const figures = new Map(readReport('docs/performance.json').map((figure) => [figure.name, figure]));

/** What `npm run bench` found. @throws Error where it has not yet */
export function measured(name: string): number {
  const value = figures.get(name)?.value;
  if (value === undefined || value === null) throw new Error(`docs/performance.json has no ${name}.`);
  return value;
}

/** Of the typical job, by `npm run bench -- --only typical-job`. */
export const counted = (what: string) => measured(`typical-job.${what}`);

/** The job of docs/cost.md: one hour of 1080p30, of which five clips of a minute are made. What is not measured is here. */
export const typical = {
  minutes: 60,
  clips: 5,
  clipSeconds: 60,
  storedMinutes: 10,
  /** Of each step, taken to start cold. */
  coldSeconds: 1,
  /** Of the API. How far the job is the command line asks in the mean so often, at first more (cli/watch-job.ts). */
  callSeconds: 0.02,
  askEachSeconds: 1.3,
  /** What state machines and the API log themselves: some 90 and 160 lines. */
  otherLogBytes: 85_000,
  transcript: { model: 'anthropic.claude-haiku-4-5', inputTokens: 15_000, outputTokens: 2000 },
  jobsADay: 100,
};

/** As lib/pipeline-functions.ts and lib/stages.ts set it: memory, and of /tmp what is beyond the free 512 MB. */
export const memory = { probe: 1769, audio: 1769, select: 1769, clip: 3008, small: 512 };
export const paidTemporaryMegabytes = { audio: 4096 - 512, clip: 10_240 - 512 };

/**
 * The machine's own table bills no indexes. AWS writes a changed job once more into `owner`, and takes it out of `open` and
 * puts it in again, for that is sorted by `updatedAt`. Clips and timelines are in neither: so it is at most that.
 */
const writesWithIndexes = 4;

export type Step = keyof typeof memory;

/** Source and audio are twice as long as those measured, a clip is three times. */
const [measuredMinutes, measuredClipSeconds] = [30, 20];

/** The two that nobody measured hardly count. */
export const works: Record<Step, Work> = {
  probe: { serialSeconds: 0.1, sharedSeconds: 0, streamedBytes: 0, waitSeconds: 0.5 },
  audio: repeated(measuredWork('extract-audio'), typical.minutes / measuredMinutes),
  select: repeated(measuredWork('select-segments'), typical.minutes / measuredMinutes),
  clip: {
    ...repeated(measuredWork('render-clip'), typical.clipSeconds / measuredClipSeconds),
    waitSeconds:
      clipReads() * firstByteSeconds +
      (measured('memory.render-clip.bytes') * (typical.clipSeconds / measuredClipSeconds)) /
        networkBytesASecond,
  },
  small: { serialSeconds: 0.1, sharedSeconds: 0, streamedBytes: 0, waitSeconds: 0.2 },
};

/** For one clip: what the audio pass leaves of all reads, which is a little too much. */
export function clipReads(): number {
  return Math.round((counted('s3_reads') - counted('source_bytes') / mostWindowBytes) / typical.clips);
}

/** How long each step has memory, start included, in seconds. */
export function stepSeconds(step: Step): number {
  return predictSample(works[step], memory[step]).milliseconds / 1000 + typical.coldSeconds;
}

/** From its start to its end, in seconds: its clips are made at the same time. */
export function jobSeconds(): number {
  const inTurn = (['probe', 'audio', 'select', 'clip', 'small', 'small'] as const).map(stepSeconds);
  return inTurn.reduce((sum, seconds) => sum + seconds, 0);
}

/** The typical job, as its record would tell: times by the model, all else as counted. */
export function typicalJob(): Taken {
  const stepOf = (step: Step): StepUse => ({
    memoryMegabytes: memory[step],
    milliseconds: stepSeconds(step) * 1000,
    ...{ s3Writes: 0, s3Reads: 0, tableWrites: 0, tableReads: 0 },
  });
  const clips = Array.from({ length: typical.clips }, () => stepOf('clip'));
  const all = {
    s3Reads: counted('s3_reads'),
    tableWrites: counted('table_write_units') * writesWithIndexes,
    tableReads: counted('table_read_units'),
  };
  const gib = counted('source_bytes') / 1024 ** 3;
  return {
    steps: [
      ...[{ ...stepOf('probe'), ...all }, stepOf('audio'), stepOf('select')],
      // To finish, and to clean up; announcing writes down nothing of itself.
      ...[...clips, stepOf('small'), stepOf('small')],
    ],
    transitions: counted('state_transitions'),
    s3Writes: counted('s3_writes'),
    storedGbMonths: gib * (typical.storedMinutes / (30 * 24 * 60)),
    transcribedSeconds: 0,
  };
}

function measuredWork(step: (typeof measuredSteps)[number]): Work {
  const cores = figures.get(`memory.${step}.two_cores`)!;
  return workOf(
    step,
    { wallSeconds: cores.against_value! },
    {
      wallSeconds: cores.value!,
      cpuSeconds: measured(`memory.${step}.cpu`),
      bytesRead: measured(`memory.${step}.bytes`),
      requests: measured(`memory.${step}.requests`),
    },
  );
}
