import * as z from 'zod';
import { initiateRequest } from '../multipart-upload/contract.ts';
import { withRulesAcross } from '../shared/job-settings.ts';
import { settingsTextFields, toBoolean, toNumber } from '../shared/text-fields.ts';

const { shape } = initiateRequest;

/**
 * What an upload asks for, in the metadata of an Uppy file. The values come as texts or numbers, whichever way they
 * were sent; what else Uppy keeps there (name, type, relativePath, …) is none of ours.
 */
export const uppyMetadata = withRulesAcross(
  z.object({
    file_size: z.preprocess(sizeToNumber, shape.file_size),
    part_size: z.preprocess(toNumber, shape.part_size),
    auto_start: z.preprocess(toBoolean, shape.auto_start.unwrap().default(true)),
    ...settingsTextFields,
  }),
);

function sizeToNumber(given: unknown, context: z.RefinementCtx): unknown {
  if (given !== undefined) return toNumber(given);
  const message =
    'Uppy does not send the size by itself: uppy.setFileMeta(file.id, { file_size: file.size })';
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}
