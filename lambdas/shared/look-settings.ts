import * as z from 'zod';
import { limits } from '../../core/limits.ts';
import { parseCaptions } from '../../core/media/captions/parse-captions.ts';
import { type ClipOutput, corners, cuts } from '../../core/media/clip/clip-look.ts';
import { readPng, UnusablePng } from '../../core/media/picture/read-png.ts';
import { captionsFormats } from '../../core/uploads/keys.ts';

export const shapes = ['source', 'vertical', 'square'] as const;
export const fits = ['crop', 'blur', 'pad'] as const;
export const captionsWishes = ['off', 'sidecar', 'burn'] as const;

const output = z
  .strictObject({
    shape: z.enum(shapes).describe("The recording's own, 9:16 at 1080 × 1920, or 1:1 at 1080 × 1080"),
    fit: z
      .enum(fits)
      .default('blur')
      .describe('Cut off at the sides; whole, on a blurred copy of itself; whole, on black. Not for source'),
  })
  // The source's own shape needs no fitting: however it is asked for, it is the same file.
  .overwrite(({ shape, fit }) => ({ shape, fit: shape === 'source' ? 'crop' : fit }) satisfies ClipOutput);

const outputs = z
  .array(output)
  .min(1)
  .max(limits.outputs)
  .superRefine((all, context) => {
    const names = all.map(({ shape, fit }) => `${shape} ${fit}`);
    const again = names.findIndex((name, index) => names.indexOf(name) !== index);
    if (again < 0) return;
    context.addIssue({ code: 'custom', path: [again], message: 'This one is asked for twice.' });
  })
  .describe(
    `Each clip comes in each of these; no two alike, and ${limits.renderedSeconds} s of video a clip in all`,
  );

const captionsFile = z
  .strictObject({
    format: z.enum(captionsFormats),
    text: z.string().refine((text) => new TextEncoder().encode(text).length <= limits.captionsFileBytes, {
      message: `At most ${limits.captionsFileBytes} bytes.`,
      abort: true,
    }),
  })
  .refine(({ text }) => parseCaptions(text).length > 0, {
    path: ['text'],
    message: 'There are no captions in it: no line like 00:01:02,500 --> 00:01:04,000 with words below it.',
  })
  .describe(`What is said in the recording, at its times: at most ${limits.captionsFileBytes} bytes`);

const watermark = z
  .strictObject({
    format: z.literal('png'),
    base64: z
      .base64({ error: 'Must be base64, and nothing before it such as data:image/png;base64,' })
      .max(4 * Math.ceil(limits.watermark.bytes / 3), `At most ${limits.watermark.bytes} bytes of PNG.`),
  })
  .transform(({ base64 }, context) => {
    try {
      return readPng(Buffer.from(base64, 'base64'));
    } catch (error) {
      if (!(error instanceof UnusablePng)) throw error;
      context.addIssue({ code: 'custom', path: ['base64'], message: error.message });
      return z.NEVER;
    }
  })
  .describe(
    `Drawn over one corner of every clip, small and a little transparent: a PNG of at most ${limits.watermark.bytes} ` +
      `bytes and ${limits.watermark.sidePixels} × ${limits.watermark.sidePixels} pixels`,
  );

/** How clips are to look and sound, as it stands in a body. */
export const lookFields = {
  outputs,
  normalize_loudness: z.boolean().describe('To −14 LUFS, true peaks to −1 dBTP at most'),
  captions: z
    .enum(captionsWishes)
    .describe(
      'Where there are words: not at all, as VTT and SRT beside each clip, or in its pictures as well',
    ),
  captions_file: captionsFile.optional(),
  watermark: watermark.optional(),
  watermark_position: z.enum(corners).optional().describe('top_right unless told otherwise'),
  cut: z
    .enum(cuts)
    .describe(
      'All pictures encoded anew; or, where the recording allows it, copied but for both ends: several times faster, the ' +
        'same frames, and a file as large as that part of the recording. Only for clips in the shape of source alone, of MP4 ' +
        'and MOV with H.264, with nothing drawn over them; all others are cut as by exact',
    ),
};

export const lookDefaults = {
  outputs: outputs.default([{ shape: 'source', fit: 'crop' }]),
  normalize_loudness: lookFields.normalize_loudness.default(true),
  captions: lookFields.captions.default('sidecar'),
  cut: lookFields.cut.default('exact'),
};
