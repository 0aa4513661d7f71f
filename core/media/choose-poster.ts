/** A picture of a clip, measured. Brightness goes from 16, black, to 235, white. */
export interface Candidate {
  seconds: number;
  meanBrightness: number;
  /** Of its darkest and its brightest tenth. */
  lowBrightness: number;
  highBrightness: number;
  /** How much of it is edges, on any scale; a blurred picture has few. */
  edges: number;
}

/** The one to show for a clip: sharp, neither dark nor blown out, not flat; the first of those that are as good. */
export function choosePoster(candidates: readonly Candidate[]): Candidate | undefined {
  const sharpest = Math.max(...candidates.map(({ edges }) => edges), 1e-9);
  const scored = candidates.map((candidate) => ({ candidate, score: scoreOf(candidate, sharpest) }));
  const best = Math.max(...scored.map(({ score }) => score));
  return scored.find(({ score }) => score === best)?.candidate;
}

function scoreOf(candidate: Candidate, sharpest: number): number {
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
