import type { Sound } from '../media/types.ts';
import { momentSeconds, toMoments } from './moments.ts';
import { runningSums } from './running-sums.ts';
import { scoreMoments } from './score-moments.ts';

/** A passage, measured. */
export interface Passage {
  /** How lively it is against the rest of the recording: a weighted mean of robust z-scores, about −2 to 2. */
  score: number;
  /** Mean loudness of what sounds in it, over what is usual around it: dB. Undefined where nothing sounds. */
  gainDb: number | undefined;
  /** Share of its time spent in pauses, 0–1. */
  pauseShare: number;
  seconds: number;
  /** How often the voice changes in pitch or colour: another speaker, or a lively one. */
  voiceChanges: number;
  /** How often it changes to another voice and back: people who talk with each other. */
  replies: number;
  /** Of the time that sounds. */
  syllablesPerSecond: number;
  /** Share of its time that sounds like applause or laughter, 0–1. */
  burstShare: number;
}

/** Measures a range, in constant time. */
export type MeasurePassage = (startMs: number, endMs: number) => Passage;

/** Measures passages of a sound, each against all of it. */
export function liveliness(sound: Sound, durationMs: number): MeasurePassage {
  const moments = toMoments(sound, durationMs);
  const { count } = moments;
  const { scores, gains } = scoreMoments(moments);

  const sums = (values: Float32Array) => runningSums(count, (moment) => values[moment]!);
  const score = sums(scores);
  const sounding = sums(moments.sounding);
  const gain = sums(gains.map((value, moment) => value * moments.sounding[moment]!));
  const voiceChanges = sums(moments.voiceChanges);
  const replies = sums(moments.replies);
  const syllables = sums(moments.syllables);
  const bursts = sums(moments.bursts);

  return (startMs, endMs) => {
    const from = Math.min(count - 1, Math.floor(startMs / 1000 / momentSeconds));
    const to = Math.max(from + 1, Math.min(count, Math.round(endMs / 1000 / momentSeconds)));
    const length = to - from;
    const soundingLength = sounding.within(from, to);
    return {
      score: score.within(from, to) / length,
      gainDb: soundingLength > 1e-6 ? gain.within(from, to) / soundingLength : undefined,
      pauseShare: Math.max(0, 1 - soundingLength / length),
      seconds: length * momentSeconds,
      voiceChanges: voiceChanges.within(from, to),
      replies: replies.within(from, to),
      syllablesPerSecond: syllables.within(from, to) / Math.max(1, soundingLength * momentSeconds),
      burstShare: bursts.within(from, to) / length,
    };
  };
}
