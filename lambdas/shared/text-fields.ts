import * as z from 'zod';
import { settingsFields } from './job-settings.ts';
import { parseWellFormed } from './parse.ts';

/** A decimal number that came as text. What is none (`0x1`, `1e3`) stays as it is, for the schema to refuse. */
export function toNumber(given: unknown): unknown {
  return typeof given === 'string' && /^ *-?\d+(\.\d+)? *$/.test(given) ? Number(given) : given;
}

/** The same for a JSON text. */
export function toJson(given: unknown): unknown {
  try {
    return typeof given === 'string' ? parseWellFormed(given) : given;
  } catch {
    return given;
  }
}

/** The same for yes and no. */
export function toBoolean(given: unknown): unknown {
  return given === 'true' || (given === 'false' ? false : given);
}

/** The settings of a job where all there is are texts: a form, or metadata. */
export const settingsTextFields = {
  num_segments: z.preprocess(toNumber, settingsFields.num_segments),
  min_duration: z.preprocess(toNumber, settingsFields.min_duration),
  max_duration: z.preprocess(toNumber, settingsFields.max_duration),
  segments: z.preprocess(toJson, settingsFields.segments).describe('JSON text'),
  custom_instructions: settingsFields.custom_instructions,
  outputs: z.preprocess(toJson, settingsFields.outputs).describe('JSON text'),
  normalize_loudness: z.preprocess(toBoolean, settingsFields.normalize_loudness),
  captions: settingsFields.captions,
  captions_file: z.preprocess(toJson, settingsFields.captions_file).describe('JSON text'),
  watermark: z.preprocess(toJson, settingsFields.watermark).describe('JSON text'),
  watermark_position: settingsFields.watermark_position,
  cut: settingsFields.cut,
  webhook_url: settingsFields.webhook_url,
};
