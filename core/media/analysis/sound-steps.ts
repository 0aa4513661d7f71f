import { createFilter, highPass } from './biquad.ts';
import { createKWeighting, lufsOf } from './k-weighting.ts';
import { createSeries } from './series.ts';
import { createSpectrum } from './spectrum.ts';
import { createPitchTracker } from './voice-pitch.ts';

export const sampleRateHz = 16_000;
/** A cut may be a twentieth of a second off, no more; a syllable is four times as long. */
export const stepSeconds = 0.05;
const stepSamples = sampleRateHz * stepSeconds;

/** Rumble, hum and most of a music bed lie below what makes speech understood. */
const voiceFromHz = 200;

/**
 * Measures sound as it comes, in whatever pieces: signed 16-bit little-endian samples, 16 kHz, mono. What it keeps
 * grows by 20 bytes a step, 35 MB for 24 hours. A last step that isn't full is left out.
 */
export function createSoundSteps(expectedSeconds = 0) {
  const kWeigh = createKWeighting(sampleRateHz);
  const toVoice = createFilter(highPass(sampleRateHz, voiceFromHz));
  const spectrumOf = createSpectrum(sampleRateHz);
  const pitchOf = createPitchTracker(sampleRateHz, stepSamples);
  const expectedSteps = Math.ceil(expectedSeconds / stepSeconds);
  const [lufs, voiceDecibels, pitchHz, brightnessHz, flatness] = Array.from({ length: 5 }, () =>
    createSeries(expectedSteps),
  ) as [Series, Series, Series, Series, Series];

  const plain = new Float64Array(stepSamples);
  const weighted = new Float64Array(stepSamples);
  const voice = new Float64Array(stepSamples);
  let filled = 0;
  let lowByte: number | undefined;

  function measure() {
    weighted.set(plain);
    kWeigh(weighted);
    lufs.add(lufsOf(meanSquare(weighted)));
    voice.set(plain);
    toVoice(voice);
    voiceDecibels.add(Math.max(-120, 10 * Math.log10(meanSquare(voice))));
    pitchHz.add(pitchOf(plain));
    const spectrum = spectrumOf(plain, (stepSamples - 512) / 2);
    brightnessHz.add(spectrum.centroidHz);
    flatness.add(spectrum.flatness);
  }

  /** The samples of `bytes` from `start` on that still fit into the step; answers where the next one begins. */
  function fillStep(bytes: Uint8Array, start: number): number {
    // Counted here: what a closure keeps is put on the heap anew at each change.
    const count = Math.min(stepSamples - filled, (bytes.length - start) >> 1);
    for (let n = 0; n < count; n += 1)
      plain[filled + n] = sampleOf(bytes[start + 2 * n]!, bytes[start + 2 * n + 1]!);
    filled += count;
    if (filled === stepSamples) {
      measure();
      filled = 0;
    }
    return start + 2 * count;
  }

  return {
    add(bytes: Uint8Array) {
      let at = 0;
      if (lowByte !== undefined && bytes.length > 0) {
        fillStep(Uint8Array.of(lowByte, bytes[0]!), 0);
        lowByte = undefined;
        at = 1;
      }
      while (at + 1 < bytes.length) at = fillStep(bytes, at);
      if (at < bytes.length) lowByte = bytes[at];
    },
    /** Seconds that were measured so far. */
    seconds: () => lufs.values().length * stepSeconds,
    /** `voiceDecibels` is the level above 200 Hz, dBFS; the others are those of `Sound`. */
    values: () => ({
      lufs: lufs.values(),
      voiceDecibels: voiceDecibels.values(),
      pitchHz: pitchHz.values(),
      brightnessHz: brightnessHz.values(),
      flatness: flatness.values(),
    }),
  };
}

const sampleOf = (low: number, high: number) => (((high << 8) | low) << 16) / 2 ** 31;

type Series = ReturnType<typeof createSeries>;

function meanSquare(samples: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < samples.length; index += 1) sum += samples[index]! ** 2;
  return sum / samples.length;
}
