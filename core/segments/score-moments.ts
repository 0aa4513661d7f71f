import { localLevels, median } from './local-level.ts';
import { type Moments, momentSeconds } from './moments.ts';
import { runningSums } from './running-sums.ts';

/** Clipping keeps a single bang from making a passage. */
const zLimit = 3;

/**
 * What makes a passage lively, and by how much. `least` is the smallest difference that counts as one standard
 * deviation: in an even recording the noise of the measurement must not look like life.
 */
const traits = {
  loudness: { weight: 0.5, least: 1 },
  tempo: { weight: 0.15, least: 0.4 },
  turns: { weight: 0.3, least: 0.06 },
  pitchRange: { weight: 0.2, least: 0.06 },
  emphasis: { weight: 0.3, least: 1 },
  bursts: { weight: 0.4, least: 0.1 },
  flow: { weight: 0.4, least: 0.08 },
  speech: { weight: 0.4, least: 0.25 },
} as const;

/** Turns, syllables and pauses are counted over so much: in half a second they are too few. */
const contextSeconds = 6;

export interface MomentScores {
  /** How lively each moment is: a weighted sum of robust z-scores. */
  scores: Float32Array;
  /** dB over what is usual around each moment; NaN where nothing sounds. */
  gains: Float32Array;
}

/** Music and engines may be loud and full of changes: only what is like speech, or a burst, is lively. */
export function scoreMoments(moments: Moments): MomentScores {
  const { count, sounding } = moments;
  const levels = localLevels(moments.lufs, momentSeconds);
  const gains = moments.lufs.map((lufs, moment) => lufs - levels[moment]!);
  const alive = aliveness(moments);
  const ofLiving = (values: Float32Array) => values.map((value, moment) => value * alive[moment]!);
  const perSecond = (values: Float32Array) => ofLiving(values).map((value) => value / momentSeconds);
  const living = inContext(moments, ofLiving(sounding), 'sounding');

  const { loudness, tempo, turns, pitchRange, emphasis, bursts, flow, speech } = traits;
  const z = {
    loudness: zScores(gains, loudness.least).map((score, moment) =>
      Math.min(score, zLimit * (living[moment] || 0)),
    ),
    tempo: zScores(inContext(moments, perSecond(moments.syllables), 'sounding'), tempo.least),
    turns: zScores(inContext(moments, perSecond(moments.voiceChanges), 'all'), turns.least),
    pitchRange: zScores(ofLiving(moments.pitchRange), pitchRange.least),
    emphasis: zScores(ofLiving(moments.swingDb), emphasis.least),
    bursts: zScores(moments.bursts, bursts.least),
    flow: zScores(inContext(moments, sounding, 'all'), flow.least),
    speech: zScores(living, speech.least),
  };
  const scores = Float32Array.from({ length: count }, (_, moment) => {
    let score = 0;
    for (const [trait, { weight }] of Object.entries(traits))
      score += weight * z[trait as keyof typeof z][moment]!;
    return score;
  });
  return { scores, gains };
}

/**
 * 0–1 for each moment. Speech swings at the rate of syllables, and vowels and hisses alternate in it; music may do
 * the first, noise does neither; applause and laughter count as alive too. Where hardly anything of a recording is
 * like speech (a concert, a bad telephone line) that tells nothing, and all of it counts.
 */
function aliveness({ count, swingDb, alternation, bursts, sounding }: Moments): Float32Array {
  const alive = Float32Array.from({ length: count }, (_, moment) => {
    const rhythm = ramp(swingDb[moment]!, 1.5, 3);
    return Math.max(bursts[moment]!, rhythm * ramp(alternation[moment]!, 0.2, 0.45));
  });
  const usual = median(alive.filter((_, moment) => sounding[moment]! > 0)) || 0;
  return alive.map((value) => Math.min(1, value + 1 - usual));
}

function ramp(value: number, from: number, to: number): number {
  return Math.max(0, Math.min(1, (value - from) / (to - from)));
}

/** Means around each moment, of all time or of the time that sounds; NaN where hardly anything does. */
function inContext(
  { count, sounding }: Moments,
  amounts: Float32Array,
  of: 'all' | 'sounding',
): Float32Array {
  const reach = Math.round(contextSeconds / 2 / momentSeconds);
  const values = runningSums(count, (moment) => amounts[moment]!);
  const sounds = runningSums(count, (moment) => sounding[moment]!);
  return Float32Array.from({ length: count }, (_, moment) => {
    const [from, to] = [Math.max(0, moment - reach), Math.min(count, moment + reach + 1)];
    const soundingCount = sounds.within(from, to);
    if (soundingCount < 0.05 * (to - from)) return Number.NaN;
    return values.within(from, to) / (of === 'all' ? to - from : soundingCount);
  });
}

/**
 * Median and MAD, not mean and deviation: outliers must not move the yardstick that finds them. Where there was
 * nothing to measure, nothing lively is.
 */
function zScores(values: Float32Array, least: number): Float32Array {
  const middle = median(values);
  const spread = 1.4826 * median(values.map((value) => Math.abs(value - middle)));
  const scale = Math.max(least, spread || 0);
  return values.map((value) =>
    Number.isNaN(value) ? -zLimit : Math.max(-zLimit, Math.min(zLimit, (value - middle) / scale)),
  );
}
