import { rendersLongest } from '../../bench/work-of.ts';
import { chooseMemory, predictSample } from '../../core/cost/choose-memory.ts';
import { type Cost, estimateCost } from '../../core/cost/estimate-cost.ts';
import { prices } from '../../core/cost/prices.ts';
import { gbSecondsOf, totalUse } from '../../core/cost/total-use.ts';
import type { MetricName } from '../../core/metrics.ts';
import {
  counted,
  jobSeconds,
  measured,
  memory,
  paidTemporaryMegabytes,
  type Step,
  stepSeconds,
  typical,
  typicalJob,
  works,
} from './typical-job.ts';

const gib = 1024 ** 3;
const daysAMonth = 30;
const jobsAMonth = typical.jobsADay * daysAMonth;

/** Sizes that were weighed against each other. */
export const sizes = [1024, 1769, 3008, 5308, 10_240];

/** What other services ask, in dollars. */
export const others = {
  /** Basic tier, AVC, HD, up to 30 frames a second; a minute of output. */
  mediaConvertMinute: 0.015,
  /** A minute of source: 300 for $29 a month. */
  clipServiceMinute: 29 / 300,
};

/** What a job that goes well tells: its arrival twice, and how old it is at the ticks. */
export const metricsOfAJob: MetricName[] = [
  ...(['JobsCreated', 'JobsStarted', 'JobsCompleted', 'ClipSeconds', 'BytesRead', 'BytesFreed'] as const),
  ...(['DuplicateEvents', 'OldestRunningJob'] as const),
];

/** To upload, and to look how far the job is. */
export const apiCalls = () => counted('upload_calls') + Math.ceil(jobSeconds() / typical.askEachSeconds);
const clipGib = () => counted('clip_bytes') / gib;
const logBytes = () => counted('log_bytes') + typical.otherLogBytes;

const temporaryGb = (step: keyof typeof paidTemporaryMegabytes) => paidTemporaryMegabytes[step] / 1024;

/** What a job takes that it does not show, in dollars. */
export function unshown() {
  const { httpApi, cloudFront, cloudWatch, lambda, eventBridge, transferOut } = prices;
  const call =
    httpApi.request +
    cloudFront.request +
    cloudFront.edgeFunction +
    lambda.request +
    gbSecondsOf({ memoryMegabytes: memory.small, milliseconds: typical.callSeconds * 1000 }) *
      lambda.gbSecond;
  const temporary = (step: keyof typeof paidTemporaryMegabytes) =>
    temporaryGb(step) * stepSeconds(step) * lambda.temporaryGbSecond;
  return {
    temporary: temporary('audio') + typical.clips * temporary('clip'),
    api: apiCalls() * call + eventBridge.event,
    logs: (logBytes() / gib) * cloudWatch.logGb,
    download: clipGib() * transferOut.gb,
  };
}

/** By part: what one typical job costs. */
export function jobTable(): string {
  const taken = typicalJob();
  const cost = estimateCost(taken);
  const use = totalUse(taken);
  const { temporary, api, logs, download } = unshown();
  return table(
    ['of a job', 'how much', 'dollars'],
    [
      ['Lambda', `${use.calls} calls, ${Math.round(use.gbSeconds)} GB-seconds`, cost.lambda],
      ['Step Functions', `${taken.transitions} transitions`, cost.states],
      [
        'S3',
        `${use.s3Writes} writes, ${use.s3Reads} reads, the source for ${typical.storedMinutes} minutes`,
        cost.s3,
      ],
      ['DynamoDB', `${use.tableWrites} write and ${use.tableReads} read units`, cost.dynamodb],
      ['**what the job shows**', '', cost.total],
      [
        '/tmp beyond 512 MB',
        `${temporaryGb('audio')} GB for the audio, ${temporaryGb('clip')} GB for each clip`,
        temporary,
      ],
      ['API, page, events', `${apiCalls()} calls, 1 event`, api],
      ['logs', `${(logBytes() / 1e6).toFixed(2)} MB`, logs],
      ['clips downloaded once', `${clipGib().toFixed(2)} GB`, download],
      ['**all**', '', cost.total + temporary + api + logs + download],
    ],
  );
}

/** What it renders with, and what it does besides, in dollars: of the job, and of one that reads a transcript. */
export function jobCosts(): { whole: Cost; rendering: number; transcribed: Cost } {
  const taken = typicalJob();
  const clips = taken.steps.filter(({ memoryMegabytes }) => memoryMegabytes === memory.clip);
  return {
    whole: estimateCost(taken),
    rendering: estimateCost({ ...taken, steps: clips, transitions: 0, s3Writes: 0, storedGbMonths: 0 }).total,
    transcribed: estimateCost({
      ...taken,
      transcribedSeconds: typical.minutes * 60,
      modelUse: typical.transcript,
    }),
  };
}

/** A hundred jobs a day, beside what people would use instead. */
export function monthTable(): string {
  const { whole, rendering, transcribed } = jobCosts();
  const outputMinutes = (typical.clips * typical.clipSeconds) / 60;
  const rows: [string, string, number][] = [
    ['Clipwright', 'chooses by the sound, renders', whole.total],
    ['of that the rendering', 'renders', rendering],
    ['MediaConvert, Basic', 'renders; somebody else chooses', outputMinutes * others.mediaConvertMinute],
    ['Clipwright, `transcript` on', 'chooses by what is said, renders, with captions', transcribed.total],
    [
      'a clip service',
      'chooses by what is said, renders, with captions',
      typical.minutes * others.clipServiceMinute,
    ],
  ];
  return table(
    ['', 'what it does', 'a job', `${typical.jobsADay} jobs a day, ${daysAMonth} days`, 'ratio'],
    rows.map(([name, does, dollars]) => [
      ...[name, does, dollars, wholeDollars(dollars * jobsAMonth)],
      (dollars / whole.total).toFixed(dollars < 10 * whole.total ? 1 : 0),
    ]),
  );
}

/** What a month of so many jobs costs beside them. */
export function besidesTable(): string {
  const { cloudWatch, s3 } = prices;
  const { temporary, api, logs } = unshown();
  const metrics = metricsOfAJob.length * cloudWatch.metricMonth;
  return table(
    ['besides, a month', 'how much', 'dollars'],
    [
      [
        '/tmp, API, page, events, logs',
        `${jobsAMonth.toLocaleString('en')} times the above`,
        (temporary + api + logs) * jobsAMonth,
      ],
      ['metrics', `${metricsOfAJob.length}, told in each hour`, metrics],
      [
        'clips kept',
        `${Math.round(clipGib() * jobsAMonth)} GB more each month`,
        clipGib() * jobsAMonth * s3.storedGbMonth,
      ],
    ],
  );
}

const swept: Step[] = ['audio', 'select', 'clip'];

/** What the sizes of memory cost by the model: the sound of an hour, its analysis, and one clip. */
export function memoryTable(): string {
  return table(
    ['MB', 'sound out of 1 h', '', 'listening to it', '', 'a clip of 60 s', ''],
    sizes.map((size) => [
      String(size),
      ...swept.flatMap((step) => {
        const sample = predictSample(works[step], size);
        return [`${Math.round(sample.milliseconds / 1000)} s`, gbSecondsOf(sample) * prices.lambda.gbSecond];
      }),
    ]),
  );
}

/** What the model would give each function, of sizes up to `mostMegabytes` with which it can do all that it may have to. */
export function chosenMemory(step: 'audio' | 'select' | 'clip', mostMegabytes: number): number {
  const peak = {
    audio: 'memory.extract-audio.worst_peak',
    select: 'memory.select-segments.peak',
    clip: 'memory.render-clip.peak',
  };
  const fitting = sizes
    .filter((size) => size <= mostMegabytes && size >= measured(peak[step]))
    .filter((size) => step !== 'clip' || rendersLongest(works.clip, typical.clipSeconds, size));
  return chooseMemory(fitting.map((size) => predictSample(works[step], size))).memoryMegabytes;
}

export function wholeDollars(dollars: number): string {
  return `$${Math.round(dollars).toLocaleString('en')}`;
}

function table(heads: string[], rows: (string | number)[][]): string {
  const lines = [heads, heads.map(() => '---'), ...rows.map((row) => row.map(cell))];
  return lines.map((cells) => `| ${cells.join(' | ')} |`.replaceAll('|  |', '| |')).join('\n');
}

function cell(content: string | number): string {
  if (typeof content === 'string') return content;
  return `$${content >= 1 ? content.toFixed(2) : content.toFixed(4)}`;
}
