import * as z from 'zod';
import { type Clip, type Job, jobStatuses } from '../../core/jobs/job.ts';
import { outputsOf } from '../../core/jobs/look-of.ts';
import { canRetry } from '../../core/jobs/retry-job.ts';
import { limits } from '../../core/limits.ts';
import { type ClipOutput, cuts } from '../../core/media/clip/clip-look.ts';
import { captionsWishes, fits, shapes } from '../shared/look-settings.ts';
import { toNumber } from '../shared/text-fields.ts';
import { costAnswer, toCostAnswers, usageAnswer } from './cost-contract.ts';

export const listQuery = z.strictObject({
  limit: z.preprocess(toNumber, z.int().min(1).max(limits.pageSize.max).default(limits.pageSize.default)),
  cursor: z.string().max(1024).optional(),
  status: z.enum(jobStatuses).optional(),
});

const time = z.iso.datetime().nullable();
const stored = z.object({ size: z.int(), deleted_at: time });

/** A shape, and how the picture got into it: of no matter for the source's own. */
export const outputAnswer = z.object({ shape: z.enum(shapes), fit: z.enum(fits).nullable() });

/** One line of the list. */
export const jobSummary = z.object({
  job_id: z.string(),
  status: z.enum(jobStatuses),
  filename: z.string(),
  error_code: z.string().nullable(),
  created_at: time,
  completed_at: time,
});
export const jobPage = z.object({ jobs: z.array(jobSummary), next_cursor: z.string().nullable() });

/** The whole job, without its segments and clips: those are the status's and the clips' business. */
export const jobAnswer = jobSummary.extend({
  attempt: z.int(),
  can_retry: z.boolean().describe('Failed, and a retry may help'),
  error_message: z.string().nullable(),
  notes: z.array(z.string()).describe('What you should know although nothing failed'),
  settings: z.object({
    num_segments: z.int(),
    min_duration: z.number(),
    max_duration: z.number(),
    segments_given: z.int().describe('How many segments came with the job; 0: they are chosen'),
    outputs: z.array(outputAnswer),
    normalize_loudness: z.boolean(),
    captions: z.enum(captionsWishes),
    captions_given: z.boolean().describe('Captions came with the job'),
    watermark_given: z.boolean().describe('A watermark came with the job'),
    cut: z.enum(cuts),
    webhook_url: z.string().nullable().describe('What is called when the job has ended'),
  }),
  source: stored.extend({
    s3_key: z.string(),
    kind: z.enum(['video', 'audio']).nullable(),
    duration: z.number().nullable(),
  }),
  audio: stored.nullable().describe('The sound taken out of the source, for analysis'),
  bytes_read: z
    .object({ probe: z.int(), audio: z.int(), clips: z.int() })
    .describe('Bytes fetched of the source'),
  transcribed_seconds: z.number().describe('Length of what was transcribed; 0 where nothing was'),
  language_model: z
    .object({ name: z.string(), input_tokens: z.int(), output_tokens: z.int() })
    .nullable()
    .describe('Who chose by what is said, and what that took; null where nobody was asked'),
  bytes_freed: z.int(),
  usage: usageAnswer,
  cost: costAnswer,
  cleanup: z.enum(['none', 'due', 'deleting', 'done']),
  stages: z.array(z.object({ name: z.enum(jobStatuses), started_at: time, ended_at: time })),
  updated_at: time,
});

/** Oldest first. */
export const timelineAnswer = z.object({
  job_id: z.string(),
  timeline: z.array(z.object({ at: z.iso.datetime(), text: z.string().describe('In words for people') })),
});

/** What a job is, in the words of the wire. */
export function toJobAnswer(job: Job, clips: Clip[]): z.output<typeof jobAnswer> {
  const { settings, source, audio } = job;
  return {
    ...toSummary(job),
    attempt: job.attempt,
    can_retry: canRetry(job),
    error_message: job.failure?.message ?? null,
    notes: [...new Set([job, ...clips].flatMap(({ notes = [] }) => notes))],
    settings: {
      num_segments: settings.numSegments,
      min_duration: settings.minDurationSeconds,
      max_duration: settings.maxDurationSeconds,
      segments_given: settings.segments?.length ?? 0,
      outputs: outputsOf(settings).map(toOutputAnswer),
      normalize_loudness: settings.normalizeLoudness ?? true,
      captions: settings.captions ?? 'sidecar',
      captions_given: settings.captionsFile !== undefined,
      watermark_given: settings.watermark !== undefined,
      cut: settings.cut ?? 'exact',
      webhook_url: settings.webhookUrl ?? null,
    },
    source: {
      s3_key: source.key,
      size: source.sizeBytes,
      deleted_at: source.deletedAt ?? null,
      kind: job.facts?.kind ?? null,
      duration: job.facts?.durationSeconds ?? null,
    },
    audio: audio ? { size: audio.sizeBytes, deleted_at: audio.deletedAt ?? null } : null,
    bytes_read: {
      probe: job.probeBytesRead ?? 0,
      audio: job.audioBytesRead ?? 0,
      clips: clips.reduce((sum, { bytesRead = 0 }) => sum + bytesRead, 0),
    },
    transcribed_seconds: job.transcribedSeconds ?? 0,
    language_model: toLanguageModel(job),
    bytes_freed: job.bytesFreed ?? 0,
    ...toCostAnswers(job, clips),
    cleanup: job.cleanup,
    stages: toStages(job),
    updated_at: job.updatedAt,
  };
}

export function toOutputAnswer({ shape, fit }: ClipOutput): z.output<typeof outputAnswer> {
  return { shape, fit: shape === 'source' ? null : fit };
}

function toLanguageModel({ modelUse }: Job): z.output<typeof jobAnswer>['language_model'] {
  if (!modelUse) return null;
  const { model: name, inputTokens, outputTokens } = modelUse;
  return { name, input_tokens: inputTokens, output_tokens: outputTokens };
}

export function toSummary(job: Job): z.output<typeof jobSummary> {
  return {
    job_id: job.jobId,
    status: job.status,
    filename: job.source.filename,
    error_code: job.failure?.code ?? null,
    created_at: job.createdAt,
    completed_at: job.reachedAt.completed ?? null,
  };
}

/** Each stage ends when the next begins; the last one of a job that failed, when it failed. */
function toStages(job: Job): z.output<typeof jobAnswer>['stages'] {
  const reached = jobStatuses.flatMap((name) => {
    const startedAt = job.reachedAt[name];
    return startedAt ? [{ name, startedAt }] : [];
  });
  return reached.map(({ name, startedAt }, index) => ({
    name,
    started_at: startedAt,
    ended_at: reached[index + 1]?.startedAt ?? (job.status === name ? null : job.updatedAt),
  }));
}
