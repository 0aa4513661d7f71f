import type { Loudness } from '../../core/media/types.ts';

interface Passage {
  startSeconds: number;
  endSeconds: number;
  /** Over the usual −24 LUFS. */
  gainDb: number;
}

/** Speech at −24 LUFS with a pause of half a second every five seconds, and passages that differ. */
export function aLoudness(
  options: { durationSeconds?: number; silences?: Loudness['silences']; passages?: Passage[] } = {},
): Loudness {
  const { durationSeconds = 600, passages = [] } = options;
  const silences = options.silences ?? regularPauses(durationSeconds);
  const stepSeconds = 0.1;
  const momentaryLufs = Array.from({ length: Math.round(durationSeconds / stepSeconds) }, (_, step) => {
    const at = (step + 0.5) * stepSeconds;
    if (silences.some(({ startSeconds, endSeconds }) => at >= startSeconds && at < endSeconds)) return -70;
    // A ripple, so that the measure of what is usual is not zero.
    const ripple = 1.5 * Math.sin(at * 2.1);
    return -24 + ripple + (passages.find((p) => at >= p.startSeconds && at < p.endSeconds)?.gainDb ?? 0);
  });
  return { durationSeconds, momentaryLufs, stepSeconds, silences };
}

function regularPauses(durationSeconds: number): Loudness['silences'] {
  return Array.from({ length: Math.floor(durationSeconds / 5) }, (_, index) => ({
    startSeconds: index * 5 + 4,
    endSeconds: index * 5 + 4.5,
  }));
}
