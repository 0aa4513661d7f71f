import * as z from 'zod';
import type { JobSettings } from '../../core/jobs/job.ts';
import { longestRenderSeconds, tooMuchToRender } from '../../core/jobs/look-of.ts';
import { limits } from '../../core/limits.ts';
import { lookDefaults, lookFields } from './look-settings.ts';
import { webhookFields } from './webhook-settings.ts';

const clipSeconds = z.number().min(limits.clipSeconds.min).max(limits.clipSeconds.max);

/** To the millisecond: what is finer is no time that a recording knows. */
const sourceSeconds = z
  .number()
  .nonnegative()
  .max(limits.media.durationSeconds)
  .overwrite((seconds) => Math.round(seconds * 1000) / 1000);

const givenSegment = z
  .strictObject({
    start_time: sourceSeconds.describe('In point, seconds'),
    end_time: sourceSeconds.describe('Out point (excluded), seconds'),
    title: z.string().min(1).max(limits.titleCharacters).optional(),
    reason: z.string().max(limits.titleCharacters).optional(),
  })
  .refine(({ start_time, end_time }) => end_time - start_time >= limits.clipSeconds.min, {
    path: ['end_time'],
    message: `Must be at least ${limits.clipSeconds.min} s after start_time.`,
  })
  .refine(({ start_time, end_time }) => end_time - start_time <= limits.clipSeconds.max, {
    path: ['end_time'],
    message: `Must be at most ${limits.clipSeconds.max} s after start_time.`,
  });

const fields = {
  num_segments: z.int().min(limits.segments.min).max(limits.segments.max),
  min_duration: clipSeconds,
  max_duration: clipSeconds,
  segments: z.array(givenSegment).min(1).max(limits.segments.max).optional(),
  custom_instructions: z.string().max(limits.customInstructionsCharacters).optional(),
  ...lookFields,
  ...webhookFields,
};

/** The settings of a job as they stand in a body, each with its default. */
export const settingsFields = {
  ...fields,
  num_segments: fields.num_segments.default(limits.segments.default),
  min_duration: fields.min_duration.default(limits.minDurationDefaultSeconds),
  max_duration: fields.max_duration.default(limits.maxDurationDefaultSeconds),
  ...lookDefaults,
};

/** The same where settings were given before: what is left out stays. */
export const settingsOverFields = {
  ...fields,
  num_segments: fields.num_segments.optional(),
  min_duration: fields.min_duration.optional(),
  max_duration: fields.max_duration.optional(),
  outputs: fields.outputs.optional(),
  normalize_loudness: fields.normalize_loudness.optional(),
  captions: fields.captions.optional(),
  cut: fields.cut.optional(),
};

type SettingsBody = z.output<z.ZodObject<typeof settingsFields>>;

/** Adds the rules that span several fields. */
export function withRulesAcross<S extends z.ZodType<SettingsBody>>(schema: S): S {
  return schema
    .refine(({ min_duration, max_duration }) => min_duration <= max_duration, {
      path: ['min_duration'],
      message: 'Must not be greater than max_duration.',
    })
    .refine((body) => longestRenderSeconds(toSettings(body)) <= limits.renderedSeconds, {
      path: ['outputs'],
      message: tooMuchToRender,
    });
}

export function toSettings(body: SettingsBody): JobSettings;
export function toSettings(body: Partial<SettingsBody>): Partial<JobSettings>;
export function toSettings(body: Partial<SettingsBody>): Partial<JobSettings> {
  return {
    numSegments: body.num_segments,
    minDurationSeconds: body.min_duration,
    maxDurationSeconds: body.max_duration,
    segments: body.segments?.map(({ start_time, end_time, title, reason }) => ({
      startSeconds: start_time,
      endSeconds: end_time,
      title,
      reason,
    })),
    customInstructions: body.custom_instructions,
    outputs: body.outputs,
    normalizeLoudness: body.normalize_loudness,
    captions: body.captions,
    watermarkPosition: body.watermark_position,
    cut: body.cut,
    webhookUrl: body.webhook_url,
  };
}
