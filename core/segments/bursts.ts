import { runningSums } from './running-sums.ts';
import type { Steps } from './steps.ts';

/** Applause and laughter last longer than any consonant. */
const windowSeconds = 1;
const noisyShare = 0.7;
/** Between vowels (under 0.1) and white noise (0.56). */
const noisyFlatness = 0.2;

/** Rain, an engine and a fan are steadier than hands and throats: their level swings less. */
const leastSwingDb = 1.3;

/** 1 where it sounds like noise for a second, yet neither a pause nor steady: applause, laughter, a cheer. */
export function findBursts(
  { count, sounding, flatness, pitchHz, of }: Steps,
  swingDb: Float32Array,
): Uint8Array {
  const isNoisy = (step: number) =>
    sounding[step] === 1 && pitchHz[step] === 0 && flatness[step]! > noisyFlatness;
  const noisy = runningSums(count, (step) => (isNoisy(step) ? 1 : 0));
  const reach = Math.floor(of(windowSeconds) / 2);
  return Uint8Array.from({ length: count }, (_, step) =>
    swingDb[step]! >= leastSwingDb &&
    noisy.within(step - reach, step + reach + 1) >= noisyShare * (2 * reach + 1)
      ? 1
      : 0,
  );
}
