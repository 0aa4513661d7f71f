/** More is decoded by few players at full size; slow-motion footage of 240 a second loses nothing to the eye. */
const highest = 60;

/** A cut is off by half a frame at most: a twentieth of a second. */
const lowestClipRate = 10;

const standardRates = [24_000 / 1001, 24, 25, 30_000 / 1001, 30, 48, 50, 60_000 / 1001, 60];

/** `30000/1001` as a number; undefined for `0/0`. */
export function parseRate(text: string | undefined): number | undefined {
  const [numerator, denominator = 1] = (text ?? '').split('/').map(Number);
  const rate = (numerator ?? 0) / denominator;
  return Number.isFinite(rate) && rate > 0 ? rate : undefined;
}

/**
 * The constant rate that shows a stream best. `base` is ffprobe's r_frame_rate: the rate whose grid holds
 * every time stamp, so the true one when the rate is constant or frames were dropped, but twice it for
 * interlaced video and 90,000 for phones that stamp each frame as it comes. `average` is frames over time.
 */
export function chooseFrameRate(average: number | undefined, base: number | undefined): number {
  if (!average) return Math.min(base ?? 30, highest);
  if (base && Math.abs(base - average) < average / 100) return Math.min(base, highest);
  if (base && base <= highest && base > average && base < average * 1.9) return base;
  return standardRates.find((rate) => rate > average * 0.99) ?? highest;
}

/**
 * The rate of a clip whose source has this one: never so low that a cut could not fall where it was asked. A whole
 * multiple, so that each frame of a slide show still begins when it should.
 */
export function clipRate(framesPerSecond: number): number {
  return framesPerSecond * Math.ceil(lowestClipRate / framesPerSecond);
}

/** As ffmpeg wants it: the NTSC rates as the fractions that they are, others to three places. */
export function formatRate(framesPerSecond: number): string {
  const ntsc = Math.round((framesPerSecond * 1001) / 1000);
  if (ntsc > 0 && Math.abs((ntsc * 1000) / 1001 - framesPerSecond) < 0.001) return `${ntsc * 1000}/1001`;
  return String(Number(framesPerSecond.toFixed(3)));
}
