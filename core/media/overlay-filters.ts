import { limits } from '../limits.ts';
import type { PictureSize } from './clip-size.ts';

/** What is drawn over the pictures. Files are named from the folder that ffmpeg runs in, so that nothing needs escaping. */
export interface Overlays {
  /** The ASS file of each output, and the folder of the font; absent when nothing is written. */
  text?: { files: string[]; fontsFolder: string };
  watermarkPath?: string;
}

/** Of the picture's width. */
const watermarkWidth = 0.08;
const watermarkMargin = 0.03;
const watermarkOpacity = 0.7;

/** The second input, opened as what it must be: a PNG, of no more pixels than a picture may have. */
export function watermarkArgs({ watermarkPath }: Overlays): string[] {
  if (!watermarkPath) return [];
  return [
    ...['-protocol_whitelist', 'file', '-max_pixels', String(limits.media.pixels)],
    ...['-codec_whitelist', 'png', '-f', 'png_pipe', '-i', watermarkPath],
  ];
}

/** From the second input to `[mark0]`, `[mark1]` …, in the right size for each output. */
export function watermarkFilters(sizes: readonly PictureSize[], { watermarkPath }: Overlays): string[] {
  if (!watermarkPath) return [];
  const copies = sizes.map((_, n) => `[png${n}]`).join('');
  return [
    `[1:v]format=rgba,colorchannelmixer=aa=${watermarkOpacity},split=${sizes.length}${copies}`,
    ...sizes.map(({ widthPixels, heightPixels }, n) => {
      const [width, tallest] = [Math.round(widthPixels * watermarkWidth), Math.round(heightPixels / 4)];
      const size = `w=${width}:h=${tallest}:force_original_aspect_ratio=decrease`;
      return `[png${n}]scale=${size}:out_color_matrix=bt709:out_range=tv,format=yuva420p[mark${n}]`;
    }),
  ];
}

/** The last filters of output `n`. */
export function overlayFilters(input: string, output: string, n: number, overlays: Overlays): string {
  const { text, watermarkPath } = overlays;
  const margin = `round(W*${watermarkMargin})`;
  return [
    watermarkPath
      ? `[${input}][mark${n}]overlay=x=W-w-${margin}:y=H-h-${margin}:eof_action=repeat`
      : `[${input}]setsar=1`,
    // Over the watermark: words matter more.
    ...(text ? [`ass=${text.files[n]}:fontsdir=${text.fontsFolder}`] : []),
    `format=yuv420p[${output}]`,
  ].join(',');
}
