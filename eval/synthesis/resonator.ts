/** A two-pole resonance of gain 1 at 0 Hz; `tune` keeps it ringing. */
export function createResonator(sampleRateHz: number) {
  let [gain, a1, a2] = [1, 0, 0];
  let [last, before] = [0, 0];
  return {
    tune(frequencyHz: number, bandwidthHz: number) {
      const radius = Math.exp((-Math.PI * bandwidthHz) / sampleRateHz);
      a1 = 2 * radius * Math.cos((2 * Math.PI * Math.min(frequencyHz, 0.45 * sampleRateHz)) / sampleRateHz);
      a2 = -radius * radius;
      // As in Klatt's cascade: so the formants shape each other's levels as they do in a mouth.
      gain = 1 - a1 - a2;
    },
    filter(input: number): number {
      const output = gain * input + a1 * last + a2 * before;
      before = last;
      last = output;
      return output;
    },
  };
}
