import type { Sound } from '../../core/media/types.ts';

interface Passage {
  startSeconds: number;
  endSeconds: number;
  /** Over the usual −24 LUFS. */
  gainDb?: number;
  /** Two voices take turns, each of so many seconds. */
  turnSeconds?: number;
  /** Of the second voice; the first has 110. Default: 210. */
  otherPitchHz?: number;
  /** Applause, in place of voices. */
  applause?: boolean;
}

/** One voice at −24 LUFS with a pause of half a second every five seconds, and passages that differ. */
export function aSound(
  options: { durationSeconds?: number; silences?: Sound['silences']; passages?: Passage[] } = {},
): Sound {
  const { durationSeconds = 600, passages = [] } = options;
  const silences = options.silences ?? regularPauses(durationSeconds);
  const stepSeconds = 0.1;
  const steps = Array.from({ length: Math.round(durationSeconds / stepSeconds) }, (_, step) => {
    const at = (step + 0.5) * stepSeconds;
    const passage = passages.find((p) => at >= p.startSeconds && at < p.endSeconds);
    const isSilent = silences.some(({ startSeconds, endSeconds }) => at >= startSeconds && at < endSeconds);
    const isOther = passage?.turnSeconds !== undefined && (at / passage.turnSeconds) % 2 < 1;
    return { at, passage, isSilent, isOther };
  });
  const isVowel = (at: number) => Math.floor(at / stepSeconds) % 2 === 0;
  // A ripple besides the syllables, so that the measure of what is usual is not zero.
  const lufsAt = (at: number, gainDb = 0) => -24 + gainDb + 1.5 * Math.sin(at * 2.1) + (isVowel(at) ? 4 : -4);
  const melodyAt = (at: number) => 2 ** (0.05 * Math.sin(at * 5));
  return {
    durationSeconds,
    stepSeconds,
    lufs: steps.map(({ at, passage, isSilent }) => (isSilent ? -70 : lufsAt(at, passage?.gainDb))),
    pitchHz: steps.map(({ at, passage, isSilent, isOther }) =>
      isSilent || passage?.applause ? 0 : melodyAt(at) * (isOther ? (passage?.otherPitchHz ?? 210) : 110),
    ),
    brightnessHz: steps.map(({ at }) => (isVowel(at) ? 500 : 3000)),
    flatness: steps.map(({ passage }) => (passage?.applause ? 0.5 : 0.02)),
    silences,
  };
}

function regularPauses(durationSeconds: number): Sound['silences'] {
  return Array.from({ length: Math.floor(durationSeconds / 5) }, (_, index) => ({
    startSeconds: index * 5 + 4,
    endSeconds: index * 5 + 4.5,
  }));
}
