import { stepSeconds } from '../../core/media/analysis/sound-steps.ts';
import type { Sound } from '../../core/media/types.ts';
import { createRandom } from '../synthesis/random.ts';

/**
 * Talk as `Media.listen` would hear it, without a sample of sound: a pause after every second or less, which is the
 * most that can be cut at, three voices by turns, a level that wanders.
 */
export function dayOfTalk(durationSeconds: number, seed: number): Sound {
  const random = createRandom(seed);
  const silences: Sound['silences'] = [];
  for (let at = 0; at < durationSeconds - 2; ) {
    const startSeconds = at + random.between(0.3, 0.9);
    at = startSeconds + random.between(0.25, 0.55);
    silences.push({ startSeconds, endSeconds: at });
  }

  const count = Math.round(durationSeconds / stepSeconds);
  const isVowel = (step: number) => Math.floor(step / 2) % 2 === 0;
  const voice = (step: number) => Math.floor((step * stepSeconds) / 17) % 3;
  const series = (valueAt: (step: number) => number) =>
    Float32Array.from({ length: count }, (_, n) => valueAt(n));
  return {
    durationSeconds,
    stepSeconds,
    silences,
    lufs: series((n) => -24 + (isVowel(n) ? 4 : -4) + random.between(0, 6) + 4 * Math.sin(n / 6000)),
    pitchHz: series((n) => (isVowel(n) ? 110 + 50 * voice(n) + random.between(0, 10) : 0)),
    brightnessHz: series((n) => (isVowel(n) ? 500 : 3000)),
    flatness: series(() => 0.05),
  };
}
