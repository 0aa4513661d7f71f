import { limits } from '../core/limits.ts';
import { checkLook, defaultLook, type LookDraft, lookMeta } from './look-settings.ts';
import { parseTime } from './parse-time.ts';

/** What stands in the form, as text, and what is remembered of it. */
export interface Draft extends LookDraft {
  num_segments: string;
  min_duration: string;
  max_duration: string;
  custom_instructions: string;
  segments: { start: string; end: string; title: string }[];
}

/** Settings as they go along with an upload; Uppy carries them as metadata, so lists and objects are JSON text. */
export interface SettingsMeta {
  num_segments: number;
  min_duration: number;
  max_duration: number;
  custom_instructions?: string;
  segments?: string;
  outputs: string;
  captions: 'sidecar' | 'burn';
  captions_file?: string;
  watermark?: string;
  watermark_position?: string;
  cut: 'exact' | 'fast';
}

/** `field` is the name of the form's control, `segments.0.start` in the rows. */
export interface DraftError {
  field: string;
  message: string;
}

export const defaultDraft: Draft = {
  num_segments: String(limits.segments.default),
  min_duration: String(limits.minDurationDefaultSeconds),
  max_duration: String(limits.maxDurationDefaultSeconds),
  custom_instructions: '',
  segments: [],
  ...defaultLook,
};

const { min: shortest, max: longest } = limits.clipSeconds;

/** The rules of the API, in the words of the form. `meta` holds only if there are no errors. */
export function checkDraft(draft: Draft): { meta: SettingsMeta; errors: DraftError[] } {
  const segments = draft.segments.map(checkSegment);
  const given = segments.length > 0;
  const meta = {
    num_segments: given ? limits.segments.default : Number(draft.num_segments || Number.NaN),
    min_duration: given ? limits.minDurationDefaultSeconds : Number(draft.min_duration || Number.NaN),
    max_duration: given ? limits.maxDurationDefaultSeconds : Number(draft.max_duration || Number.NaN),
    custom_instructions: draft.custom_instructions.trim() || undefined,
    segments: given ? JSON.stringify(segments.map(({ segment }) => segment)) : undefined,
    ...lookMeta(draft),
  };
  const lengths = segments.map(({ segment: { start_time = 0, end_time = 0 } }) => end_time - start_time);
  const longestSeconds = given ? Math.max(...lengths) : meta.max_duration;
  const errors = segments.flatMap(({ errors }, row) =>
    errors.map(({ field, message }) => ({ field: `segments.${row}.${field}`, message })),
  );
  return { meta, errors: [...(given ? errors : checkWishes(meta)), ...checkLook(draft, longestSeconds)] };
}

function checkWishes({ num_segments, min_duration, max_duration }: SettingsMeta): DraftError[] {
  const errors: DraftError[] = [];
  const { min, max } = limits.segments;
  if (!Number.isInteger(num_segments) || num_segments < min || num_segments > max)
    errors.push({ field: 'num_segments', message: `Clips: a whole number from ${min} to ${max}.` });
  for (const [field, seconds] of Object.entries({ min_duration, max_duration })) {
    const name = field === 'min_duration' ? 'Shortest' : 'Longest';
    if (!(seconds >= shortest && seconds <= longest))
      errors.push({ field, message: `${name}: ${shortest} to ${longest} seconds.` });
  }
  if (errors.length === 0 && min_duration > max_duration)
    errors.push({ field: 'min_duration', message: 'Shortest: not more than the longest.' });
  return errors;
}

function checkSegment({ start, end, title }: Draft['segments'][number]) {
  const errors: DraftError[] = [];
  const start_time = parseTime(start);
  const end_time = parseTime(end);
  const time = 'a time like 1:23:45, 12:40 or 95';
  if (start_time === undefined) errors.push({ field: 'start', message: `Start: ${time}.` });
  if (end_time === undefined) errors.push({ field: 'end', message: `End: ${time}.` });
  if (start_time !== undefined && end_time !== undefined) {
    const seconds = end_time - start_time;
    if (end_time > limits.media.durationSeconds)
      errors.push({ field: 'end', message: 'End: recordings are at most 24 hours long.' });
    else if (seconds < shortest)
      errors.push({ field: 'end', message: `End: at least ${shortest} s after the start.` });
    else if (seconds > longest)
      errors.push({ field: 'end', message: `End: at most ${longest} s after the start.` });
  }
  return { segment: { start_time, end_time, title: title.trim() || undefined }, errors };
}
