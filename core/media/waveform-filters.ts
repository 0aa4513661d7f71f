import type { ClipSpan } from './clip-span.ts';

const [widthPixels, heightPixels] = [1280, 720];
const waveHeightPixels = 360;
const cursorWidthPixels = 4;
const waveTop = (heightPixels - waveHeightPixels) / 2;

/**
 * The picture of a clip without one, from `[wave]` to `[v]`: its whole sound drawn once, which stands still, and
 * a cursor that moves along. What jumps with each frame strobes, and some people can't bear that.
 */
export function waveformFilters({ frames, framesPerSecond, durationSeconds }: ClipSpan): string {
  const seconds = durationSeconds.toFixed(6);
  const colour = (name: string, width: number, height: number) =>
    `color=${name}:s=${width}x${height}:r=${framesPerSecond}:d=${seconds},format=yuv420p`;
  return [
    // The drawing keeps all samples until the last has come; a sixth of them show nearly the same.
    '[wave]aformat=channel_layouts=mono,aresample=8000' +
      // On a linear scale speech would be hardly more than a line.
      `,showwavespic=s=${widthPixels}x${waveHeightPixels}:scale=sqrt:colors=0x33CCFF,setpts=0[drawing]`,
    `${colour('black', widthPixels, heightPixels)}[ground]`,
    `${colour('white', cursorWidthPixels, waveHeightPixels)}[cursor]`,
    `[ground][drawing]overlay=y=${waveTop}:eof_action=repeat[still]`,
    `[still][cursor]overlay=x=(W-w)*t/${seconds}:y=${waveTop}:eval=frame:eof_action=repeat` +
      `,trim=end_frame=${frames},setsar=1,format=yuv420p[v]`,
  ].join(';');
}
