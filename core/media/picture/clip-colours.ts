import type { VideoFacts } from '../types.ts';

/**
 * Colours of a picture by ffmpeg's names (those of ITU-T H.273), as far as a file tells them. Absent: not told.
 */
export interface Colours {
  matrix?: string;
  primaries?: string;
  transfer?: string;
  /** All 256 levels, as in a JPEG, instead of 16–235. */
  fullRange?: boolean;
}

/** The matrices that `scale` can read, by its names; it takes bt601 for all others. */
const scaleMatrices: Record<string, string> = {
  bt709: 'bt709',
  fcc: 'fcc',
  smpte170m: 'bt601',
  bt470bg: 'bt601',
  smpte240m: 'smpte240m',
  bt2020nc: 'bt2020',
  bt2020c: 'bt2020',
};

/** Colours that a screen shows right by its own; others are told as the standard's. */
const toldPrimaries = ['bt709', 'smpte170m', 'bt470bg', 'bt2020', 'smpte432'];

/**
 * Scales to `size` (`W:H`), and to the matrix and range of HD video, which all clips have: a square clip of an old
 * camera's picture is as large as HD, and players that don't look at tags go by size.
 */
export function toClipColours(video: VideoFacts, size: string): string[] {
  if (video.highDynamicRange) return [`scale=${size}`, ...toneMapping];
  const range = video.colours?.fullRange ? 'full' : 'tv';
  return [
    `scale=${size}:in_color_matrix=${sourceMatrix(video)}:in_range=${range}:out_color_matrix=bt709:out_range=tv`,
  ];
}

/** Whether a picture's colours are those that all clips have, so that nothing needs to be done to it. */
export function keepsColours(video: VideoFacts): boolean {
  const { primaries = 'bt709', transfer = 'bt709', fullRange = false } = video.colours ?? {};
  const isTold = toldPrimaries.includes(primaries) && transfer === 'bt709';
  return isTold && !fullRange && !video.highDynamicRange && sourceMatrix(video) === 'bt709';
}

/** Of a file that doesn't tell, what players take it for: by its size. */
function sourceMatrix({ colours, widthPixels, heightPixels }: VideoFacts): string {
  const isHighDefinition = widthPixels >= 1280 || heightPixels > 576;
  return scaleMatrices[colours?.matrix ?? ''] ?? (isHighDefinition ? 'bt709' : 'bt601');
}

/** Down to what every screen shows: linear light, its peaks rolled off, and back. */
const toneMapping = [
  'zscale=t=linear:npl=100',
  'format=gbrpf32le',
  'zscale=p=bt709',
  'tonemap=hable:desat=0',
  'zscale=t=bt709:m=bt709:r=tv',
];

/** For the encoder: old ffmpegs don't hand on from the filters what colours these are. */
export function colourTags(video: VideoFacts | undefined): string[] {
  const told = video?.highDynamicRange ? undefined : video?.colours?.primaries;
  const primaries = told && toldPrimaries.includes(told) ? told : 'bt709';
  return [
    ...['-color_primaries', primaries, '-color_trc', 'bt709'],
    ...['-colorspace', 'bt709', '-color_range', 'tv'],
  ];
}
