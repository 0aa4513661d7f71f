import * as z from 'zod';
import { limits } from '../../core/limits.ts';
import { Refusal } from '../../core/refusals.ts';
import type { Submission } from '../../core/uploads/submit-file.ts';
import type { HttpCall } from '../shared/http-function.ts';
import { toSettings, withRulesAcross } from '../shared/job-settings.ts';
import { settingsTextFields } from '../shared/text-fields.ts';

export const submitForm = withRulesAcross(
  z.strictObject({
    media_file: z
      .file({ error: 'Send the recording as a file in this field.' })
      .min(1, 'The file is empty.')
      .describe(`The recording, at most ${limits.formFileBytes} bytes`),
    ...settingsTextFields,
    captions_file: settingsTextFields.captions_file.describe('A file of captions, or JSON text'),
    watermark: settingsTextFields.watermark.describe('A file, a PNG, or JSON text'),
  }),
);

/** The fields of a request's form. @throws Refusal `invalid-form`, `validation-failed` where a field comes twice */
export async function readForm({ event }: HttpCall): Promise<Record<string, unknown>> {
  const type = event.headers['content-type'] ?? '';
  const form = await parseForm(event, type);
  return { ...Object.fromEntries(form), ...(await captionsIn(form)), ...(await watermarkIn(form)) };
}

async function parseForm(event: HttpCall['event'], type: string): Promise<FormData> {
  let form: FormData;
  try {
    const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
    form = await new Response(body, { headers: { 'content-type': type } }).formData();
  } catch {
    throw new Refusal(
      'invalid-form',
      'The body must be a form (multipart/form-data) with the recording in the field media_file.',
    );
  }
  // Taking one of them would silently drop the other.
  const twice = [...new Set([...form.keys()].filter((field, index, all) => all.indexOf(field) !== index))];
  if (twice.length === 0) return form;
  const errors = twice
    .slice(0, 50)
    .map((field) => ({ field: field.slice(0, 100), message: 'Send it once.' }));
  throw new Refusal('validation-failed', 'A field came more than once.', errors);
}

/** Captions may come as a file too, which says by its name what it is. */
async function captionsIn(form: FormData): Promise<{ captions_file?: object }> {
  const given = form.get('captions_file');
  if (!(given instanceof File)) return {};
  const format = given.name.split('.').at(-1)?.toLowerCase();
  return { captions_file: { format, text: await given.text() } };
}

/** So may a watermark. */
async function watermarkIn(form: FormData): Promise<{ watermark?: object }> {
  const given = form.get('watermark');
  if (!(given instanceof File)) return {};
  return { watermark: { format: 'png', base64: Buffer.from(await given.arrayBuffer()).toString('base64') } };
}

export async function toSubmission(form: z.output<typeof submitForm>): Promise<Submission> {
  const { media_file } = form;
  const content = new Uint8Array(await media_file.arrayBuffer());
  const { captions_file: captions, watermark } = form;
  return { filename: media_file.name, content, settings: toSettings(form), captions, watermark };
}
