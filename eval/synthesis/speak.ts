import type { Phrase, Speaker } from './plan.ts';
import type { Random } from './random.ts';
import { createResonator } from './resonator.ts';

/** Formants of a man's vowels, Hz (after Peterson and Barney, 1952). */
const vowels = [
  [730, 1090, 2440],
  [270, 2290, 3010],
  [530, 1840, 2480],
  [300, 870, 2240],
  [570, 840, 2410],
  [490, 1350, 1690],
] as const;

/**
 * A phrase of nonsense syllables, −20 dBFS RMS or so: glottal pulses through three formants, each syllable with an
 * envelope, a vowel and mostly a consonant of noise, the melody falling as voices do. Not words; but speech to whoever
 * listens for its level, rhythm, pitch and spectrum.
 */
export function speak(phrase: Phrase, speaker: Speaker, random: Random, sampleRateHz: number): Float64Array {
  const seconds = phrase.endSeconds - phrase.startSeconds;
  const samples = new Float64Array(Math.floor(seconds * sampleRateHz));
  const formants = [0, 1, 2].map(() => createResonator(sampleRateHz));
  const hiss = createResonator(sampleRateHz);
  const count = Math.max(1, Math.round(seconds * phrase.syllablesPerSecond));

  let phase = 0;
  let glottis = 0;
  for (let syllable = 0; syllable < count; syllable += 1) {
    const from = Math.floor((syllable / count) * samples.length);
    const to = Math.floor(((syllable + 1) / count) * samples.length);
    const vowel = random.oneOf(vowels);
    formants.forEach((formant, index) => {
      formant.tune(vowel[index]! * speaker.formantScale, 60 + 30 * index);
    });
    hiss.tune(random.between(3000, 6000), 1500);
    const consonant = random.chance(0.75) ? random.between(0.15, 0.35) : 0.05;
    const stress = random.between(0.5, 1);
    const melody = phrase.melodyOctaves * random.between(-0.5, 0.5) + 0.15 * (0.5 - syllable / count);
    const pitchHz = speaker.pitchHz * 2 ** melody;

    for (let n = from; n < to; n += 1) {
      const position = (n - from) / (to - from);
      phase += (pitchHz * (1 + 0.05 * Math.sin(4 * position))) / sampleRateHz;
      let pulse = 0;
      if (phase >= 1) {
        phase -= 1;
        pulse = 1;
      }
      glottis += (pulse - glottis) * (0.15 + 0.5 * speaker.brightness);
      const open =
        position < consonant ? 0 : Math.sin((Math.PI * (position - consonant)) / (1 - consonant)) ** 0.6;
      let voice = (glottis + random.between(-0.005, 0.005)) * open * stress;
      for (const formant of formants) voice = formant.filter(voice);
      const breath = position < consonant ? Math.sin((Math.PI * position) / consonant) : 0;
      samples[n] = voice + hiss.filter(breath * random.between(-0.06, 0.06) * stress);
    }
  }
  return scaledTo(samples, -22 + phrase.gainDb);
}

/** To a level in dBFS RMS, in place. */
export function scaledTo(samples: Float64Array, decibels: number): Float64Array {
  let energy = 0;
  for (const sample of samples) energy += sample * sample;
  const gain = 10 ** (decibels / 20) / Math.sqrt(energy / samples.length + 1e-12);
  for (let n = 0; n < samples.length; n += 1) samples[n] = samples[n]! * gain;
  return samples;
}
