const lowestHz = 60;
const highestHz = 400;
/** Three periods of the lowest voices. */
const windowSeconds = 0.05;
/** Of the correlation between a period and the next; breath and noise stay below. */
const voicedFrom = 0.55;

/**
 * Tells the pitch of a voice in Hz, 0 where nothing is voiced: the normalised cross-correlation of the last moments
 * with themselves a period later (the first stage of Talkin's RAPT). It's fed each frame, and remembers the end of the last.
 */
export function createPitchTracker(
  sampleRateHz: number,
  frameLength: number,
): (frame: Float64Array) => number {
  const decimation = 4;
  const rateHz = sampleRateHz / decimation;
  const shortest = Math.floor(rateHz / highestHz);
  const longest = Math.ceil(rateHz / lowestHz);
  const window = Math.round(windowSeconds * rateHz);
  const heard = new Float64Array(window + longest + 1);
  const fresh = frameLength / decimation;
  const correlations = new Float64Array(longest + 2);

  return (frame) => {
    heard.copyWithin(0, fresh);
    for (let n = 0; n < fresh; n += 1) {
      const at = n * decimation;
      heard[heard.length - fresh + n] = frame[at]! + frame[at + 1]! + frame[at + 2]! + frame[at + 3]!;
    }
    correlate(heard, window, shortest - 1, longest + 1, correlations);

    let best = shortest;
    for (let lag = shortest; lag <= longest; lag += 1) {
      if (correlations[lag]! > correlations[best]!) best = lag;
    }
    if (!(correlations[best]! > voicedFrom)) return 0;
    // Two periods correlate as well as one: the first peak that is nearly as high is the period.
    for (let lag = shortest; lag < best; lag += 1) {
      const here = correlations[lag]!;
      const isPeak = here >= correlations[lag - 1]! && here >= correlations[lag + 1]!;
      if (isPeak && here > 0.9 * correlations[best]!) best = lag;
    }
    return rateHz / (best + peakOffset(correlations, best));
  };
}

function correlate(heard: Float64Array, window: number, from: number, to: number, into: Float64Array): void {
  let energy = 1e-12;
  for (let n = 0; n < window; n += 1) energy += heard[n]! ** 2;
  let laterEnergy = 1e-12;
  for (let n = 0; n < window; n += 1) laterEnergy += heard[n + from]! ** 2;
  for (let lag = from; lag <= to; lag += 1) {
    let sum = 0;
    for (let n = 0; n < window; n += 1) sum += heard[n]! * heard[n + lag]!;
    into[lag] = sum / Math.sqrt(energy * Math.max(laterEnergy, 1e-12));
    laterEnergy += (heard[lag + window] ?? 0) ** 2 - heard[lag]! ** 2;
  }
}

/** Where between three lags the peak of the parabola through them lies, −0.5 to 0.5. */
function peakOffset(values: Float64Array, at: number): number {
  const [before, here, after] = [values[at - 1]!, values[at]!, values[at + 1]!];
  const curvature = before - 2 * here + after;
  return curvature < 0 ? Math.max(-0.5, Math.min(0.5, (0.5 * (before - after)) / curvature)) : 0;
}
