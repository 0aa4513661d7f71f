import type { PictureLook } from './measure-picture.ts';

/** Which of a clip's pictures to show for it: sharp, neither dark nor blown out, not flat; the first of those that are as good. */
export function choosePoster(candidates: readonly PictureLook[]): number | undefined {
  const sharpest = Math.max(...candidates.map(({ edges }) => edges), 1e-9);
  const scores = candidates.map((candidate) => scoreOf(candidate, sharpest));
  const best = scores.indexOf(Math.max(...scores));
  return best < 0 ? undefined : best;
}

function scoreOf(candidate: PictureLook, sharpest: number): number {
  const { meanBrightness, lowBrightness, highBrightness, edges } = candidate;
  const isLit = ramp(meanBrightness, 24, 80);
  const isNotBlownOut = 1 - 0.7 * ramp(meanBrightness, 190, 230);
  const hasContrast = 0.1 + 0.9 * ramp(highBrightness - lowBrightness, 0, 60);
  // By its root: a page of text is sharper than any face, and not that much better.
  return isLit * isNotBlownOut * hasContrast * Math.sqrt(edges / sharpest);
}

/** 0 up to `from`, 1 beyond `to`. */
function ramp(value: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}
