import { runningSums } from './running-sums.ts';
import type { Steps } from './steps.ts';

/** Compared: so much before a moment with so much after it. A shorter turn is a word of assent. */
const windowSeconds = 1.2;
/** Of each window must be voiced, or there is nothing to compare. */
const voicedShare = 0.2;
/** Two changes of speaker lie further apart. */
const apartSeconds = 0.8;
/** Voices differ when what parts them is this much more than what each moves by itself. */
const leastDifference = 1.3;
/** No voice counts as steadier than this: octaves of pitch, and of brightness. */
const steadiest = { pitch: 0.12, brightness: 0.5 };

/**
 * 1 at each step where the voice before differs from the voice after: most likely another person speaks. Pitch and
 * brightness are compared in units of how much both voices move themselves, as segmenters of speakers do, so that
 * lively intonation of one person is no conversation.
 */
export function findVoiceChanges({ count, pitchHz, brightnessHz, sounding, of }: Steps): Uint8Array {
  const voiced = Uint8Array.from({ length: count }, (_, step) =>
    pitchHz[step]! > 0 && sounding[step] === 1 ? 1 : 0,
  );
  const counts = runningSums(count, (step) => voiced[step]!);
  const window = of(windowSeconds);
  const needed = Math.max(1, voicedShare * window);
  const pitch = compareVoices(pitchHz, voiced, steadiest.pitch);
  const brightness = compareVoices(brightnessHz, voiced, steadiest.brightness);

  const differences = Float32Array.from({ length: count }, (_, step) => {
    const before = counts.within(step - window, step);
    const after = counts.within(step, step + window);
    if (before < needed || after < needed) return 0;
    return Math.hypot(pitch(step, window, before, after), brightness(step, window, before, after));
  });
  return peaksAbove(leastDifference, differences, of(apartSeconds));
}

/** How far the means of both windows lie apart, over the deviations within them. */
function compareVoices(frequencies: Float32Array, voiced: Uint8Array, steadiestOctaves: number) {
  const octaves = (step: number) => (voiced[step] ? Math.log2(Math.max(50, frequencies[step]!)) : 0);
  const sums = runningSums(voiced.length, octaves);
  const squares = runningSums(voiced.length, (step) => octaves(step) ** 2);
  return (step: number, window: number, before: number, after: number) => {
    const meanBefore = sums.within(step - window, step) / before;
    const meanAfter = sums.within(step, step + window) / after;
    const variance =
      Math.max(0, squares.within(step - window, step) / before - meanBefore ** 2) +
      Math.max(0, squares.within(step, step + window) / after - meanAfter ** 2);
    return Math.abs(meanAfter - meanBefore) / Math.sqrt(variance + steadiestOctaves ** 2);
  };
}

/** 1 at each value over `least` that is the first of the highest within `apart` on both sides. */
function peaksAbove(least: number, values: Float32Array, apart: number): Uint8Array {
  const peaks = new Uint8Array(values.length);
  let last = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < values.length; index += 1) {
    if (values[index]! <= least) continue;
    if (index - last <= apart) {
      if (values[index]! <= values[last]!) continue;
      peaks[last] = 0;
    }
    peaks[index] = 1;
    last = index;
  }
  return peaks;
}
