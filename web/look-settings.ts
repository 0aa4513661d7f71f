import { limits } from '../core/limits.ts';
import { parseCaptions } from '../core/media/captions/parse-captions.ts';
import type { Draft, DraftError, SettingsMeta } from './settings.ts';

export const shapeNames = ['source', 'vertical', 'square'] as const;

/** How clips are to look, as the form has it. */
export interface LookDraft {
  shapes: string[];
  fit: string;
  burn: boolean;
  /** Of the recording that is chosen now: never remembered. */
  captions?: { format: string; text: string };
  /** A PNG; without any where what was chosen is no image. Not remembered either. */
  watermark?: { base64?: string };
  corner: string;
  fast: boolean;
}

export const defaultLook: LookDraft = {
  ...{ shapes: ['source'], fit: 'blur', burn: false, corner: 'top_right', fast: false },
};

type LookMeta = Pick<
  SettingsMeta,
  'outputs' | 'captions' | 'captions_file' | 'watermark' | 'watermark_position' | 'cut'
>;

export function lookMeta({ shapes, fit, burn, captions, watermark, corner, fast }: Draft): LookMeta {
  const outputs = shapeNames.filter((shape) => shapes.includes(shape)).map((shape) => ({ shape, fit }));
  return {
    outputs: JSON.stringify(outputs),
    captions: burn ? 'burn' : 'sidecar',
    captions_file: captions && JSON.stringify(captions),
    watermark: watermark && JSON.stringify({ format: 'png', ...watermark }),
    watermark_position: watermark && corner,
    cut: fast ? 'fast' : 'exact',
  };
}

/** `longestSeconds`: of the clips. */
export function checkLook({ shapes, captions, watermark }: Draft, longestSeconds: number): DraftError[] {
  const errors: DraftError[] = [];
  if (shapes.length === 0) errors.push({ field: 'source', message: 'Shapes: choose at least one.' });
  const { renderedSeconds } = limits;
  if (shapes.length * longestSeconds > renderedSeconds) {
    const message = `Shapes: fewer, or clips of at most ${renderedSeconds / shapes.length} s.`;
    errors.push({ field: 'source', message });
  }
  if (watermark && watermark.base64 === undefined)
    errors.push({ field: 'watermark', message: 'Logo: this is no image. A PNG, JPEG or WebP is.' });
  const mostMegabytes = limits.captionsFileBytes / 1e6;
  if (!captions) return errors;
  if (!/^(srt|vtt)$/.test(captions.format))
    errors.push({ field: 'captions', message: 'Captions: a file that ends in .srt or .vtt.' });
  else if (new TextEncoder().encode(captions.text).length > limits.captionsFileBytes)
    errors.push({ field: 'captions', message: `Captions: at most ${mostMegabytes} MB.` });
  else if (parseCaptions(captions.text).length === 0)
    errors.push({ field: 'captions', message: 'Captions: there are none in this file.' });
  return errors;
}
