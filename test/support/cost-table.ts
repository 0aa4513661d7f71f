import { chooseMemory, predictSample, type Work } from '../../core/cost/choose-memory.ts';
import { countTransitions } from '../../core/cost/count-transitions.ts';
import { estimateCost } from '../../core/cost/estimate-cost.ts';
import { prices } from '../../core/cost/prices.ts';
import type { StepUse } from '../../core/cost/step-use.ts';
import { gbSecondsOf, type Taken, totalUse } from '../../core/cost/total-use.ts';

/** The job of docs/cost.md: one hour of 1080p30, of which five clips of a minute are made. All assumptions are here. */
export const typical = {
  source: { minutes: 60, gb: 2.1, storedMinutes: 10, uploadParts: 126 },
  clips: { number: 5, minutes: 1, gb: 0.048 },
  /** Of each step, taken to start cold. */
  coldSeconds: 1,
  /**
   * Processor seconds as measured, see docs/cost.md. Waiting is for S3: 80 MB a second, and as if nothing else were
   * done meanwhile.
   */
  work: {
    probe: { serialSeconds: 0.1, sharedSeconds: 0, waitSeconds: 0.5 },
    audio: { serialSeconds: 5.3, sharedSeconds: 4.7, waitSeconds: 26 },
    select: { serialSeconds: 10.4, sharedSeconds: 1.9, waitSeconds: 1 },
    clip: { serialSeconds: 6, sharedSeconds: 48, waitSeconds: 2 },
    small: { serialSeconds: 0.1, sharedSeconds: 0, waitSeconds: 0.2 },
  } satisfies Record<string, Work>,
  transcript: { model: 'anthropic.claude-haiku-4-5', inputTokens: 15_000, outputTokens: 2000 },
  /** What a browser or the command line asks while it waits, each call 20 ms of 512 MB. */
  apiCalls: 100,
  jobsADay: 100,
};

/** As lib/pipeline-functions.ts and lib/stages.ts set it. */
export const memory = { probe: 1769, audio: 3008, select: 1769, clip: 3008, small: 512 };

/** Sizes that were weighed against each other. */
const sizes = [1024, 1769, 3008, 5308, 10_240];

/** What other services ask, in dollars. */
const others = {
  /** Basic tier, AVC, HD, up to 30 frames a second; a minute of output. */
  mediaConvertMinute: 0.015,
  /** A minute of source: 300 for $29 a month. */
  clipServiceMinute: 29 / 300,
};

function stepOf(step: keyof typeof memory, requests: Partial<StepUse>): StepUse {
  const work = { ...typical.work[step], waitSeconds: typical.work[step].waitSeconds + typical.coldSeconds };
  const { memoryMegabytes, milliseconds } = predictSample(work, memory[step]);
  return {
    memoryMegabytes,
    milliseconds,
    s3Writes: 0,
    s3Reads: 0,
    tableWrites: 6,
    tableReads: 2,
    ...requests,
  };
}

/** The typical job, as its record would tell. */
export function typicalJob(): Taken {
  const { source, clips } = typical;
  const clip = stepOf('clip', { s3Writes: 2, s3Reads: 90, tableWrites: 10 });
  return {
    steps: [
      stepOf('probe', { s3Reads: 6 }),
      stepOf('audio', { s3Reads: 600, s3Writes: 1, tableWrites: 40 }),
      stepOf('select', { s3Reads: 100, tableWrites: 40 }),
      ...Array<StepUse>(clips.number).fill(clip),
      ...Array<StepUse>(3).fill(stepOf('small', { s3Reads: 10, tableWrites: 10 })),
    ],
    transitions: countTransitions({
      reached: ['preprocessing', 'analyzing', 'clipping', 'completed'],
      clips: clips.number,
      transcriptLooks: 0,
      callsWebhook: false,
    }),
    s3Writes: source.uploadParts + 3,
    storedGbMonths: source.gb * (source.storedMinutes / (30 * 24 * 60)),
    transcribedSeconds: 0,
  };
}

/** By part: what one typical job costs. */
export function jobTable(): string {
  const taken = typicalJob();
  const cost = estimateCost(taken);
  const use = totalUse(taken);
  const { httpApi, lambda, eventBridge, transferOut } = prices;
  const api = typical.apiCalls * (httpApi.request + lambda.request + 0.5 * 0.02 * lambda.gbSecond);
  const out = typical.clips.number * typical.clips.gb * transferOut.gb;
  return table(
    ['of a job', 'how much', 'dollars'],
    [
      ['Lambda', `${use.calls} calls, ${Math.round(use.gbSeconds)} GB-seconds`, cost.lambda],
      ['Step Functions', `${taken.transitions} transitions`, cost.states],
      [
        'S3',
        `${use.s3Writes} writes, ${use.s3Reads} reads, the source for ${typical.source.storedMinutes} minutes`,
        cost.s3,
      ],
      ['DynamoDB', `${use.tableWrites} write and ${use.tableReads} read units`, cost.dynamodb],
      ['**what the job shows**', '', cost.total],
      ['API, events', `${typical.apiCalls} calls, 1 event`, api + eventBridge.event],
      ['clips downloaded once', `${(typical.clips.number * typical.clips.gb).toFixed(2)} GB`, out],
      ['**all**', '', cost.total + api + eventBridge.event + out],
    ],
  );
}

/** A hundred jobs a day, beside what people would use instead. */
export function monthTable(): string {
  const { source, clips, jobsADay } = typical;
  const { total } = estimateCost(typicalJob());
  const read = estimateCost({
    ...typicalJob(),
    transcribedSeconds: source.minutes * 60,
    modelUse: typical.transcript,
  });
  const rows: [string, string, number][] = [
    ['Clipwright', 'chooses by the sound, renders', total],
    ['Clipwright, `transcript` on', 'chooses by what is said, renders, with captions', read.total],
    [
      'MediaConvert, Basic',
      'renders; somebody else chooses',
      clips.number * clips.minutes * others.mediaConvertMinute,
    ],
    [
      'a clip service',
      'chooses by what is said, renders, with captions',
      source.minutes * others.clipServiceMinute,
    ],
  ];
  return table(
    ['', 'what it does', 'a job', `${jobsADay} jobs a day, 30 days`, 'ratio'],
    rows.map(([name, does, dollars]) => [
      name,
      does,
      dollars,
      `$${Math.round(dollars * jobsADay * 30).toLocaleString('en')}`,
      `${(dollars / total).toFixed(dollars < 10 * total ? 1 : 0)}`,
    ]),
  );
}

const swept = ['select', 'clip'] as const;

/** What the sizes of memory cost by the model: analysis, and one clip. */
export function memoryTable(): string {
  return table(
    ['MB', 'listening to 1 h', '', 'a clip of 60 s', ''],
    sizes.map((size) => [
      String(size),
      ...swept.flatMap((step) => {
        const sample = predictSample(typical.work[step], size);
        return [`${Math.round(sample.milliseconds / 1000)} s`, gbSecondsOf(sample) * prices.lambda.gbSecond];
      }),
    ]),
  );
}

/** What the model would give each function. */
export function chosenMemory(step: keyof typeof memory, upTo: number): number {
  const samples = sizes.filter((size) => size <= upTo).map((size) => predictSample(typical.work[step], size));
  return chooseMemory(samples).memoryMegabytes;
}

function table(heads: string[], rows: (string | number)[][]): string {
  const lines = [heads, heads.map(() => '---'), ...rows.map((row) => row.map(cell))];
  return lines.map((cells) => `| ${cells.join(' | ')} |`.replaceAll('|  |', '| |')).join('\n');
}

function cell(content: string | number): string {
  if (typeof content === 'string') return content;
  return `$${content >= 1 ? content.toFixed(2) : content.toFixed(4)}`;
}
