import type { PictureSize } from '../clip/clip-size.ts';
import type { ClipSpan } from '../clip/clip-span.ts';

const cursorWidthPixels = 4;

/** Drawn in RGB; told, so that it's the same blue in every clip. */
const toVideoColours = 'scale=out_color_matrix=bt709:out_range=tv';

/**
 * The picture of a clip without one, from the pad `input`, its sound, to the pad `output`: the whole sound drawn
 * once, which stands still, and a cursor that moves along. What jumps with each frame strobes, and some people
 * can't bear that.
 */
export function waveformFilters(
  input: string,
  output: string,
  { widthPixels, heightPixels }: PictureSize,
  { frames, framesPerSecond, durationSeconds }: ClipSpan,
): string {
  const seconds = durationSeconds.toFixed(6);
  const waveHeightPixels = Math.min(widthPixels, heightPixels) / 2;
  const waveTop = (heightPixels - waveHeightPixels) / 2;
  const colour = (name: string, width: number, height: number) =>
    `color=${name}:s=${width}x${height}:r=${framesPerSecond}:d=${seconds},format=yuv420p`;
  const [drawing, ground, cursor, still] = ['drawing', 'ground', 'cursor', 'still'].map(
    (name) => output + name,
  );
  return [
    // The drawing keeps all samples until the last has come; a sixth of them show nearly the same.
    `[${input}]aformat=channel_layouts=mono,aresample=8000` +
      // On a linear scale speech would be hardly more than a line.
      `,showwavespic=s=${widthPixels}x${waveHeightPixels}:scale=sqrt:colors=0x33CCFF` +
      `,${toVideoColours},format=yuva420p,setpts=0[${drawing}]`,
    `${colour('black', widthPixels, heightPixels)}[${ground}]`,
    `${colour('white', cursorWidthPixels, waveHeightPixels)}[${cursor}]`,
    `[${ground}][${drawing}]overlay=y=${waveTop}:eof_action=repeat[${still}]`,
    `[${still}][${cursor}]overlay=x=(W-w)*t/${seconds}:y=${waveTop}:eval=frame:eof_action=repeat` +
      `,trim=end_frame=${frames},setsar=1,format=yuv420p[${output}]`,
  ].join(';');
}
