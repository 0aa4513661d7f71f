import { fitInto, type PictureSize } from './clip-size.ts';
import { ffmpegArgs } from './input-args.ts';

const posterSidePixels = 1280;

/** How many keyframes to choose among: those of the clip's first minute. */
const candidates = 30;

/** A JPEG doesn't tell which these are: they are always the same, those of no HD video. */
const jpegColours =
  'in_color_matrix=bt709:in_range=tv:out_color_matrix=bt601:out_range=full:flags=bicubic+accurate_rnd,format=yuvj420p';

/** A JPEG of the clip's most typical picture: one that looks like many others is neither black nor a blur. */
export function posterArgs(clipPath: string, clip: PictureSize, posterPath: string): string[] {
  const { widthPixels, heightPixels } = fitInto(clip, posterSidePixels);
  return [
    ...[...ffmpegArgs, '-protocol_whitelist', 'file', '-skip_frame', 'nokey', '-f', 'mov', '-i', clipPath],
    ...[
      '-map',
      '0:v:0',
      '-vf',
      `thumbnail=${candidates},scale=${widthPixels}:${heightPixels}:${jpegColours}`,
    ],
    ...['-frames:v', '1', '-q:v', '3', '-fflags', '+bitexact', '-flags:v', '+bitexact'],
    ...['-f', 'mjpeg', posterPath],
  ];
}
