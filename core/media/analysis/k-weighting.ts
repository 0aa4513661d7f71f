import { type Biquad, createFilter, highPass } from './biquad.ts';

/**
 * The loudness filter of ITU-R BS.1770, in place. The standard lists coefficients for 48 kHz only; these are its
 * analogue prototype (as libebur128 and ffmpeg's ebur128 have it) at any rate.
 */
export function createKWeighting(sampleRateHz: number): (samples: Float64Array) => void {
  const shelf = createFilter(headShelf(sampleRateHz));
  const bass = createFilter(unscaled(highPass(sampleRateHz, 38.13547087602444, 0.5003270373238773)));
  return (samples) => {
    shelf(samples);
    bass(samples);
  };
}

/** LUFS of a K-weighted mean square; −120 for silence. */
export function lufsOf(meanSquare: number): number {
  return Math.max(-120, -0.691 + 10 * Math.log10(meanSquare));
}

/** What a head does to sound from the front: about +4 dB above 2 kHz. */
function headShelf(sampleRateHz: number): Biquad {
  const q = 0.7071752369554196;
  const k = Math.tan((Math.PI * 1681.974450955533) / sampleRateHz);
  const high = 10 ** (3.999843853973347 / 20);
  const band = high ** 0.4996667741545416;
  const a0 = 1 + k / q + k * k;
  return {
    b0: (high + (band * k) / q + k * k) / a0,
    b1: (2 * (k * k - high)) / a0,
    b2: (high - (band * k) / q + k * k) / a0,
    a1: (2 * (k * k - 1)) / a0,
    a2: (1 - k / q + k * k) / a0,
  };
}

/** The standard writes the second stage's numerator as 1, −2, 1. */
function unscaled(filter: Biquad): Biquad {
  return { ...filter, b0: 1, b1: -2, b2: 1 };
}
