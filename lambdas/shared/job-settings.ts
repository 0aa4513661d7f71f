import * as z from 'zod';
import type { JobSettings } from '../../core/jobs/job.ts';
import { limits } from '../../core/limits.ts';

const clipSeconds = z.number().min(limits.clipSeconds.min).max(limits.clipSeconds.max);

const givenSegment = z
  .strictObject({
    start_time: z.number().nonnegative().describe('In point, seconds'),
    end_time: z.number().positive().describe('Out point (excluded), seconds'),
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

/** The settings of a job as they stand in a body, each with its default. */
export const settingsFields = {
  num_segments: z.int().min(limits.segments.min).max(limits.segments.max).default(limits.segments.default),
  min_duration: clipSeconds.default(limits.minDurationDefaultSeconds),
  max_duration: clipSeconds.default(limits.maxDurationDefaultSeconds),
  segments: z.array(givenSegment).min(1).max(limits.segments.max).optional(),
  custom_instructions: z.string().max(limits.customInstructionsCharacters).optional(),
};

type SettingsBody = z.output<z.ZodObject<typeof settingsFields>>;

/** Adds the one rule that spans two fields. */
export function withDurationsInOrder<S extends z.ZodType<SettingsBody>>(schema: S): S {
  return schema.refine(({ min_duration, max_duration }) => min_duration <= max_duration, {
    path: ['min_duration'],
    message: 'Must not be greater than max_duration.',
  });
}

export function toSettings(body: SettingsBody): JobSettings {
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
  };
}
