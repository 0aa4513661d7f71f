import type { Noise } from './plan.ts';
import type { Random } from './random.ts';
import { createResonator } from './resonator.ts';
import { scaledTo } from './speak.ts';

/** What isn't speech, at −22 dBFS RMS plus its gain. */
export function soundNoise(noise: Noise, random: Random, sampleRateHz: number): Float64Array {
  const samples = new Float64Array(Math.floor((noise.endSeconds - noise.startSeconds) * sampleRateHz));
  makers[noise.kind](samples, random, sampleRateHz);
  return scaledTo(samples, -22 + noise.gainDb);
}

/** One period of a tone with its first harmonics. */
const stringWave = Float64Array.from({ length: 4096 }, (_, n) => {
  const radians = (2 * Math.PI * n) / 4096;
  return Math.sin(radians) + 0.5 * Math.sin(2 * radians) + 0.25 * Math.sin(3 * radians);
});

type Maker = (samples: Float64Array, random: Random, sampleRateHz: number) => void;

const makers: Record<Noise['kind'], Maker> = {
  /** "Ha ha ha": five breaths a second, voiced and breathy at once, dying away. */
  laughter(samples, random, sampleRateHz) {
    const [mouth, throat] = [createResonator(sampleRateHz), createResonator(sampleRateHz)];
    mouth.tune(random.between(1000, 1600), 400);
    throat.tune(random.between(600, 900), 200);
    const [rateHz, pitchHz] = [random.between(4.5, 6), random.between(200, 400)];
    for (let n = 0; n < samples.length; n += 1) {
      const seconds = n / sampleRateHz;
      const beat = Math.max(0, Math.sin(2 * Math.PI * rateHz * seconds)) ** 0.7;
      const voice = (seconds * pitchHz) % 1 < 0.1 ? 0.5 : 0;
      const breath = random.between(-1, 1);
      samples[n] = throat.filter(voice * beat) + mouth.filter(breath * beat) * (1 - n / samples.length / 2);
    }
  },
  /** Many claps: noise whose level flickers. */
  applause(samples, random, sampleRateHz) {
    const hands = createResonator(sampleRateHz);
    hands.tune(1800, 2500);
    let clap = 0;
    for (let n = 0; n < samples.length; n += 1) {
      if (random.chance(80 / sampleRateHz)) clap += random.between(0.5, 1);
      clap *= 0.995;
      samples[n] = hands.filter(random.between(-1, 1) * (0.2 + clap));
    }
  },
  /** Chords of decaying harmonics, two a second or so. */
  music(samples, random, sampleRateHz) {
    const scale = [220, 247, 277, 294, 330, 370, 415];
    const beat = Math.floor(sampleRateHz / random.between(1.5, 2.5));
    const phases = [0, 0, 0];
    let chord = [0, 0, 0];
    for (let n = 0; n < samples.length; n += 1) {
      if (n % beat === 0) chord = [random.oneOf(scale) / 2, random.oneOf(scale), random.oneOf(scale)];
      let sum = 0;
      for (let voice = 0; voice < 3; voice += 1) {
        phases[voice] = (phases[voice]! + chord[voice]! / sampleRateHz) % 1;
        sum += stringWave[Math.floor(phases[voice]! * stringWave.length)]!;
      }
      samples[n] = sum * (1 - (0.7 * (n % beat)) / beat) ** 2;
    }
  },
  bang(samples, random, sampleRateHz) {
    for (let n = 0; n < samples.length; n += 1) {
      samples[n] = random.between(-1, 1) * Math.exp(-n / (0.03 * sampleRateHz));
    }
  },
  /** A hum with its harmonics in broad noise. */
  engine(samples, random, sampleRateHz) {
    let rumble = 0;
    for (let n = 0; n < samples.length; n += 1) {
      rumble += (random.between(-1, 1) - rumble) * 0.2;
      samples[n] = rumble + 0.2 * Math.sin((2 * Math.PI * 110 * n) / sampleRateHz);
    }
  },
};
