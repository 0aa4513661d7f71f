/** A second-order filter's coefficients, normalised to a0 = 1. */
export interface Biquad {
  b0: number;
  b1: number;
  b2: number;
  a1: number;
  a2: number;
}

/** Filters in place; what it remembers goes on into the next call (direct form II, transposed). */
export function createFilter({ b0, b1, b2, a1, a2 }: Biquad): (samples: Float64Array) => void {
  const kept = { s1: 0, s2: 0 };
  return (samples) => {
    // Of its own call: what a closure keeps is put on the heap anew at each change.
    let { s1, s2 } = kept;
    for (let index = 0; index < samples.length; index += 1) {
      const input = samples[index]!;
      const output = b0 * input + s1;
      s1 = b1 * input - a1 * output + s2;
      s2 = b2 * input - a2 * output;
      samples[index] = output;
    }
    // Digital silence lets them fade into denormal numbers, which a processor adds very slowly.
    const isSilent = Math.abs(s1) + Math.abs(s2) < 1e-30;
    kept.s1 = isSilent ? 0 : s1;
    kept.s2 = isSilent ? 0 : s2;
  };
}

/** Second order: 12 dB an octave below `cutoffHz`. */
export function highPass(sampleRateHz: number, cutoffHz: number, q = Math.SQRT1_2): Biquad {
  const k = Math.tan((Math.PI * cutoffHz) / sampleRateHz);
  const a0 = 1 + k / q + k * k;
  return { b0: 1 / a0, b1: -2 / a0, b2: 1 / a0, a1: (2 * (k * k - 1)) / a0, a2: (1 - k / q + k * k) / a0 };
}
