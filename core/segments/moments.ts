import type { Sound } from '../media/types.ts';
import { findBursts } from './bursts.ts';
import { findReplies } from './replies.ts';
import { type RunningSums, runningSums } from './running-sums.ts';
import { toSteps } from './steps.ts';
import { findSyllables } from './syllables.ts';
import { findVoiceChanges } from './voice-changes.ts';

/** Fine enough for segments, which begin and end in pauses anyway, and 24 h are 172,800 of them. */
export const momentSeconds = 0.5;

/** What is heard in each half second. */
export interface Moments {
  count: number;
  /** Share of it that sounds, 0–1. */
  sounding: Float32Array;
  /** Mean loudness of what sounds; NaN where nothing does. */
  lufs: Float32Array;
  syllables: Float32Array;
  /** See Syllables.swingDb; 0 where nothing sounds. */
  swingDb: Float32Array;
  voiceChanges: Float32Array;
  /** Changes to another voice and back; see `findReplies`. */
  replies: Float32Array;
  /** How far the spectrum moves within two seconds, octaves (standard deviation): vowels and hisses alternate in speech. */
  alternation: Float32Array;
  /** How far the pitch moves within four seconds, octaves (standard deviation). */
  pitchRange: Float32Array;
  /** Share of it that sounds like applause or laughter, 0–1. */
  bursts: Float32Array;
}

export function toMoments(sound: Sound, durationMs: number): Moments {
  const steps = toSteps(sound, durationMs);
  const { sounding, lufs, pitchHz } = steps;
  const { peaks, swingDb } = findSyllables(steps);
  const changes = findVoiceChanges(steps);
  const answers = findReplies(steps, changes);
  const noises = findBursts(steps, swingDb);

  const count = Math.max(1, Math.ceil(durationMs / 1000 / momentSeconds));
  const first = (moment: number) => Math.floor((moment * momentSeconds) / steps.seconds + 1e-9);
  const end = (moment: number) => Math.max(first(moment) + 1, first(moment + 1));
  const inMoments = (measure: (from: number, to: number) => number) =>
    Float32Array.from({ length: count }, (_, moment) => measure(first(moment), end(moment)));
  const sums = (valueAt: (step: number) => number) => runningSums(steps.count, valueAt);

  const sounds = sums((step) => sounding[step]!);
  const meanOf = (values: RunningSums) => (from: number, to: number) =>
    values.within(from, to) / sounds.within(from, to);
  const deviation = (frequencies: Float32Array, counts: (step: number) => boolean, seconds: number) => {
    const octaves = (step: number) => (counts(step) ? Math.log2(Math.max(20, frequencies[step]!)) : 0);
    const numbers = sums((step) => (counts(step) ? 1 : 0));
    const [means, squares] = [sums(octaves), sums((step) => octaves(step) ** 2)];
    const reach = steps.of(seconds / 2);
    return inMoments((from, to) => {
      const number = Math.max(1, numbers.within(from - reach, to + reach));
      const mean = means.within(from - reach, to + reach) / number;
      return Math.sqrt(Math.max(0, squares.within(from - reach, to + reach) / number - mean ** 2));
    });
  };

  return {
    count,
    sounding: inMoments((from, to) => sounds.within(from, to) / (to - from)),
    lufs: inMoments(meanOf(sums((step) => sounding[step]! * lufs[step]!))),
    syllables: inMoments(countOf(sums((step) => peaks[step]!))),
    swingDb: inMoments((from, to) => (sounds.within(from, to) > 0 ? swingDb[from]! : 0)),
    voiceChanges: inMoments(countOf(sums((step) => changes[step]!))),
    replies: inMoments(countOf(sums((step) => answers[step]!))),
    alternation: deviation(steps.brightnessHz, (step) => sounding[step] === 1, 2),
    pitchRange: deviation(pitchHz, (step) => pitchHz[step]! > 0 && sounding[step] === 1, 4),
    bursts: inMoments((from, to) => noises.subarray(from, to).reduce((sum, is) => sum + is, 0) / (to - from)),
  };
}

function countOf(values: RunningSums): (from: number, to: number) => number {
  return (from, to) => values.within(from, to);
}
