import { fitInto, type PictureSize } from './clip-size.ts';
import { ffmpegArgs } from './input-args.ts';

const posterSidePixels = 1280;

/** Details of a picture that is looked at on a phone. */
const lookedAtWidthPixels = 640;

/** From here on it's keyframes only, of which a clip has one every two seconds. */
const longClipSeconds = 20;

/** A JPEG doesn't tell which these are: they are always the same, those of no HD video. */
const jpegColours =
  'in_color_matrix=bt709:in_range=tv:out_color_matrix=bt601:out_range=full:flags=bicubic+accurate_rnd,format=yuvj420p';

/**
 * Measures pictures of a clip that may be its poster: `pipe:1` tells the brightness of each, `pipe:3` how much of it
 * is edges. See createPosterCandidates.
 */
export function candidateArgs(clipPath: string, { durationSeconds }: { durationSeconds: number }): string[] {
  const isLong = durationSeconds > longClipSeconds;
  const filters = [
    "select='isnan(prev_selected_t)+gte(t-prev_selected_t,0.5)'",
    `scale=${lookedAtWidthPixels}:-2`,
    'signalstats,metadata=print:file=-',
    'sobel=planes=1,signalstats,metadata=print:file=pipe\\\\:3',
  ];
  return [
    ...[...ffmpegArgs, '-nostats', ...(isLong ? ['-skip_frame', 'nokey'] : []), ...clipInput(clipPath)],
    ...['-map', '0:v:0', '-vf', filters.join(','), '-f', 'null', '-'],
  ];
}

export function posterSize(clip: PictureSize): PictureSize {
  return fitInto(clip, posterSidePixels);
}

/** A JPEG of the picture that the clip shows at `seconds`. */
export function posterArgs(
  clipPath: string,
  clip: PictureSize,
  seconds: number,
  posterPath: string,
): string[] {
  const { widthPixels, heightPixels } = posterSize(clip);
  return [
    // A little before, for the frame begins at a rounded time.
    ...[...ffmpegArgs, '-ss', Math.max(0, seconds - 0.001).toFixed(6), ...clipInput(clipPath)],
    ...['-map', '0:v:0', '-vf', `scale=${widthPixels}:${heightPixels}:${jpegColours}`],
    ...['-frames:v', '1', '-q:v', '3', '-fflags', '+bitexact', '-flags:v', '+bitexact'],
    ...['-f', 'mjpeg', posterPath],
  ];
}

function clipInput(clipPath: string): string[] {
  return ['-protocol_whitelist', 'file', '-f', 'mov', '-i', clipPath];
}
