import * as z from 'zod';
import { initiateRequest } from '../multipart-upload/contract.ts';
import { withDurationsInOrder } from '../shared/job-settings.ts';

const { shape } = initiateRequest;

/**
 * What an upload asks for, in the metadata of an Uppy file. The values come as texts or numbers, whichever way they
 * were sent; what else Uppy keeps there (name, type, relativePath, …) is none of ours.
 */
export const uppyMetadata = withDurationsInOrder(
  z.object({
    file_size: z.preprocess(sizeToNumber, shape.file_size),
    part_size: z.preprocess(toNumber, shape.part_size),
    auto_start: z.preprocess(toBoolean, shape.auto_start.unwrap().default(true)),
    num_segments: z.preprocess(toNumber, shape.num_segments),
    min_duration: z.preprocess(toNumber, shape.min_duration),
    max_duration: z.preprocess(toNumber, shape.max_duration),
    segments: z.preprocess(toJson, shape.segments).describe('JSON text'),
    custom_instructions: shape.custom_instructions,
  }),
);

function sizeToNumber(given: unknown, context: z.RefinementCtx): unknown {
  if (given !== undefined) return toNumber(given);
  const message =
    'Uppy does not send the size by itself: uppy.setFileMeta(file.id, { file_size: file.size })';
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}

function toNumber(given: unknown): unknown {
  return typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
}

function toBoolean(given: unknown): unknown {
  return given === 'true' || (given === 'false' ? false : given);
}

function toJson(given: unknown): unknown {
  try {
    return typeof given === 'string' ? JSON.parse(given) : given;
  } catch {
    return given;
  }
}
