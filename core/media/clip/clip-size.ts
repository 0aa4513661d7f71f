import type { VideoFacts } from '../types.ts';

/** H.264 decoders in players end at 4096 × 2304; this is UHD. */
const longestSidePixels = 3840;

export interface PictureSize {
  widthPixels: number;
  heightPixels: number;
}

/** The size to show a source at: upright, with square pixels, both sides even as yuv420p wants them. */
export function clipSize(video: VideoFacts): PictureSize {
  const { widthPixels, heightPixels, pixelAspect, rotationDegrees } = video;
  const isTurned = rotationDegrees % 180 !== 0;
  const [width, height] = [widthPixels * pixelAspect, heightPixels];
  const upright = isTurned
    ? { widthPixels: height, heightPixels: width }
    : { widthPixels: width, heightPixels: height };
  return fitInto(upright, longestSidePixels);
}

/** Scaled down, never up, so that no side is longer than `sidePixels`; both even. */
export function fitInto({ widthPixels, heightPixels }: PictureSize, sidePixels: number): PictureSize {
  const scale = Math.min(1, sidePixels / Math.max(widthPixels, heightPixels));
  const even = (pixels: number) => Math.max(2, 2 * Math.floor(Math.round(pixels * scale) / 2));
  return { widthPixels: even(widthPixels), heightPixels: even(heightPixels) };
}
