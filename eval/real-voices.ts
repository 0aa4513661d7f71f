import { createRandom } from './synthesis/random.ts';
import { sampleRateHz, type Voices } from './synthesis/render-plan.ts';

/** Each speaker is one of the recordings, higher and faster by so much: from two people, three voices. */
const speeds = [1, 1.12, 1.28];

/**
 * Phrases cut out of recordings of real people (16 kHz). What is said makes no sense any more, but pitch, spectrum
 * and rhythm are a human's. The pauses of the recordings are taken out first, so that the plan alone says where some are.
 */
export function realVoices(recordings: Float64Array[]): Voices {
  const speech = recordings.map(withoutPauses);
  return (phrase) => {
    const random = createRandom(Math.round(phrase.startSeconds * 1000));
    const source = speech[phrase.speaker % speech.length]!;
    const speed = speeds[phrase.speaker % speeds.length]!;
    const length = Math.floor((phrase.endSeconds - phrase.startSeconds) * sampleRateHz);
    const offset = random.whole(0, source.length - 1);
    const fade = 0.01 * sampleRateHz;
    return Float64Array.from({ length }, (_, n) => {
      const at = offset + n * speed;
      const [before, after] = [Math.floor(at) % source.length, Math.ceil(at) % source.length];
      const sample = source[before]! + (source[after]! - source[before]!) * (at % 1);
      return sample * Math.min(1, n / fade, (length - n) / fade);
    });
  };
}

const frameLength = 0.02 * sampleRateHz;
/** Of quiet in a row is kept: the closure of a consonant, no pause. */
const keptFrames = 4;

/** Frames 25 dB and more below the loud ones are quiet (the crowd of 1961 isn't, at 30); a rule of its own, so as not to check the product by itself. */
function withoutPauses(samples: Float64Array): Float64Array {
  const frames = Array.from({ length: Math.floor(samples.length / frameLength) }, (_, frame) =>
    samples.subarray(frame * frameLength, (frame + 1) * frameLength),
  );
  const powers = frames.map((frame) => frame.reduce((sum, sample) => sum + sample * sample, 0));
  const loud = powers.toSorted((a, b) => a - b)[Math.floor(powers.length * 0.95)]!;
  let quietFrames = 0;
  const kept = frames.filter((_, index) => {
    quietFrames = powers[index]! < loud / 316 ? quietFrames + 1 : 0;
    return quietFrames <= keptFrames;
  });
  const joined = new Float64Array(kept.length * frameLength);
  kept.forEach((frame, index) => {
    joined.set(frame, index * frameLength);
  });
  return joined;
}
