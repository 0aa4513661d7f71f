export interface Spectrum {
  /** Geometric over arithmetic mean of the power, 0.3–7 kHz: near 0 for tones and vowels, about 0.5 for noise. */
  flatness: number;
  /** The power's centre of gravity, Hz: dark vowels below 500, hisses above 3000. 0 for silence. */
  centroidHz: number;
}

const size = 512;

/** Measures the spectrum of the 512 samples from `offset` on. */
export function createSpectrum(sampleRateHz: number): (samples: Float64Array, offset: number) => Spectrum {
  const hann = Float64Array.from({ length: size }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / size));
  const real = new Float64Array(size);
  const imaginary = new Float64Array(size);
  const transform = createTransform(size);
  const binHz = sampleRateHz / size;
  const [lowest, highest] = [Math.round(300 / binHz), Math.round(7000 / binHz)];

  return (samples, offset) => {
    for (let n = 0; n < size; n += 1) real[n] = samples[offset + n]! * hann[n]!;
    imaginary.fill(0);
    transform(real, imaginary);

    let [power, logPower, moment] = [0, 0, 0];
    for (let bin = lowest; bin <= highest; bin += 1) {
      const binPower = real[bin]! ** 2 + imaginary[bin]! ** 2 + 1e-15;
      power += binPower;
      logPower += Math.log(binPower);
      moment += binPower * bin * binHz;
    }
    const bins = highest - lowest + 1;
    return { flatness: Math.exp(logPower / bins) / (power / bins), centroidHz: moment / power };
  };
}

/** An in-place FFT (Cooley–Tukey, radix 2) of a fixed size. */
function createTransform(length: number): (real: Float64Array, imaginary: Float64Array) => void {
  const cosines = Float64Array.from({ length: length / 2 }, (_, k) => Math.cos((2 * Math.PI * k) / length));
  const sines = Float64Array.from({ length: length / 2 }, (_, k) => -Math.sin((2 * Math.PI * k) / length));
  const bits = Math.log2(length);
  const reversed = Uint16Array.from({ length }, (_, n) => {
    let reverse = 0;
    for (let bit = 0; bit < bits; bit += 1) reverse |= ((n >> bit) & 1) << (bits - 1 - bit);
    return reverse;
  });

  // Nothing is swapped by taking arrays apart: this runs 2,800 times a spectrum, and each array would be made.
  return (real, imaginary) => {
    for (let n = 0; n < length; n += 1) {
      const other = reversed[n]!;
      if (other <= n) continue;
      const re = real[n]!;
      const im = imaginary[n]!;
      real[n] = real[other]!;
      imaginary[n] = imaginary[other]!;
      real[other] = re;
      imaginary[other] = im;
    }
    for (let half = 1; half < length; half *= 2) {
      const turn = length / (2 * half);
      for (let start = 0; start < length; start += 2 * half) {
        for (let k = 0; k < half; k += 1) {
          const a = start + k;
          const b = a + half;
          const c = cosines[k * turn]!;
          const s = sines[k * turn]!;
          const re = real[b]! * c - imaginary[b]! * s;
          const im = real[b]! * s + imaginary[b]! * c;
          real[b] = real[a]! - re;
          imaginary[b] = imaginary[a]! - im;
          real[a] = real[a]! + re;
          imaginary[a] = imaginary[a]! + im;
        }
      }
    }
  };
}
