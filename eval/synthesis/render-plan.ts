import type { Phrase, Plan } from './plan.ts';
import { createRandom } from './random.ts';
import { soundNoise } from './sound-noise.ts';
import { scaledTo, speak } from './speak.ts';

export const sampleRateHz = 16_000;

/** Phrases of real people, each a voice's samples at 16 kHz; see splice-phrases. */
export type Voices = (phrase: Phrase, plan: Plan) => Float64Array;

/**
 * A plan's sound: signed 16-bit little-endian, 16 kHz, mono. With `voices` the phrases are spliced from recordings,
 * and may be shorter than planned: `spoken` is what was said when.
 */
export function renderPlan(plan: Plan, voices?: Voices) {
  const random = createRandom(plan.seed + 1_000_003);
  const mix = new Float32Array(Math.floor(plan.durationSeconds * sampleRateHz));
  const add = (startSeconds: number, samples: Float64Array) => {
    const from = Math.round(startSeconds * sampleRateHz);
    const length = Math.min(samples.length, mix.length - from);
    for (let n = 0; n < length; n += 1) mix[from + n] = mix[from + n]! + samples[n]!;
    return { startSeconds, endSeconds: startSeconds + length / sampleRateHz };
  };

  const spoken = plan.phrases.map((phrase) => {
    const speaker = plan.speakers[phrase.speaker]!;
    const samples = voices?.(phrase, plan) ?? speak(phrase, speaker, random, sampleRateHz);
    return add(phrase.startSeconds, voices ? scaledTo(samples, -22 + phrase.gainDb) : samples);
  });
  for (const noise of plan.noises) add(noise.startSeconds, soundNoise(noise, random, sampleRateHz));
  if (plan.bedDb !== undefined) {
    const bed = {
      kind: 'music',
      startSeconds: 0,
      endSeconds: plan.durationSeconds,
      gainDb: plan.bedDb,
    } as const;
    add(0, soundNoise(bed, random, sampleRateHz));
  }

  // Uniform noise of amplitude 1 has an RMS of 1/√3.
  const floor = 10 ** (plan.noiseFloorDb / 20) * Math.sqrt(3);
  const pcm = new Int16Array(mix.length);
  for (let n = 0; n < mix.length; n += 1) {
    const gain = 10 ** ((plan.driftDb * (n / mix.length - 0.5)) / 20);
    const sample = (mix[n]! + random.between(-floor, floor)) * gain;
    pcm[n] = Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768)));
  }
  return { pcm: new Uint8Array(pcm.buffer), spoken };
}
