import { limits } from '../../limits.ts';
import type { Corner } from '../clip/clip-look.ts';
import type { PictureSize } from '../clip/clip-size.ts';

/** What is drawn over the pictures. Files are named from the folder that ffmpeg runs in, so that nothing needs escaping. */
export interface Overlays {
  /** The ASS file of each output, and the folder of the font; absent when nothing is written. */
  text?: { files: string[]; fontsFolder: string };
  watermark?: { file: string; size: PictureSize; position: Corner };
}

/** Of the picture's shorter side: wide marks and tall ones fit into the same box. */
const watermarkBox = { width: 0.25, height: 0.1 };
const watermarkMargin = 0.04;
const watermarkOpacity = 0.7;

/** The second input, opened as what it must be: a PNG, of no more pixels than a watermark may have. */
export function watermarkArgs({ watermark }: Overlays): string[] {
  if (!watermark) return [];
  return [
    ...['-protocol_whitelist', 'file', '-max_pixels', String(limits.watermark.sidePixels ** 2)],
    ...['-codec_whitelist', 'png', '-f', 'png_pipe', '-i', watermark.file],
  ];
}

/** From the second input to `[mark0]`, `[mark1]` …, in the right size for each output. */
export function watermarkFilters(sizes: readonly PictureSize[], { watermark }: Overlays): string[] {
  if (!watermark) return [];
  const copies = sizes.map((_, n) => `[png${n}]`).join('');
  return [
    `[1:v]format=rgba,colorchannelmixer=aa=${watermarkOpacity},split=${sizes.length}${copies}`,
    ...sizes.map((size, n) => {
      const { widthPixels, heightPixels } = markSize(size, watermark.size);
      const scale = `scale=w=${widthPixels}:h=${heightPixels}`;
      return `[png${n}]${scale}:out_color_matrix=bt709:out_range=tv,format=yuva420p[mark${n}]`;
    }),
  ];
}

/** How much of a picture's top the watermark takes, pixels. */
export function topTaken({ widthPixels, heightPixels }: PictureSize, { watermark }: Overlays): number {
  if (!watermark?.position.startsWith('top')) return 0;
  return Math.min(widthPixels, heightPixels) * (watermarkMargin + watermarkBox.height);
}

/** As large as the box lets it be, also where that is larger than it came. */
function markSize(picture: PictureSize, mark: PictureSize): PictureSize {
  const unit = Math.min(picture.widthPixels, picture.heightPixels);
  const scale = Math.min(
    (unit * watermarkBox.width) / mark.widthPixels,
    (unit * watermarkBox.height) / mark.heightPixels,
  );
  const scaled = (pixels: number) => Math.max(1, Math.round(pixels * scale));
  return { widthPixels: scaled(mark.widthPixels), heightPixels: scaled(mark.heightPixels) };
}

/** The last filters of output `n`. */
export function overlayFilters(input: string, output: string, n: number, overlays: Overlays): string {
  const { text, watermark } = overlays;
  return [
    watermark
      ? `[${input}][mark${n}]overlay=${placeOf(watermark.position)}:eof_action=repeat`
      : `[${input}]setsar=1`,
    // Over the watermark: words matter more.
    ...(text ? [`ass=${text.files[n]}:fontsdir=${text.fontsFolder}`] : []),
    `format=yuv420p[${output}]`,
  ].join(',');
}

function placeOf(position: Corner): string {
  // Even, as the place of anything in 4:2:0 is.
  const margin = `2*round(min(W,H)*${watermarkMargin / 2})`;
  const [vertical, horizontal] = position.split('_');
  const x = horizontal === 'left' ? margin : `W-w-${margin}`;
  const y = vertical === 'top' ? margin : `H-h-${margin}`;
  return `x='${x}':y='${y}'`;
}
