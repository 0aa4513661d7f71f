import { fitInto, type PictureSize } from '../clip/clip-size.ts';
import type { ClipSpan } from '../clip/clip-span.ts';

/** Pictures of a clip that may be its poster, in the clip's order. They are gone when one is chosen. */
export interface CandidateFiles {
  /** The brightness of each as it is in the first output: planes of `lookedAtSize`, one after another. */
  lumaPath: string;
  /** For each output JPEGs, one after another. */
  jpegPaths: readonly string[];
}

/** More of them are hardly ever better than the best of these. */
const mostCandidates = 12;

/** Closer ones are alike. */
const apartSeconds = 0.5;

const posterSidePixels = 1280;

/** Details of a picture that is looked at on a phone. */
const lookedAtSidePixels = 640;

/** Neither file tells times: any rate will do, if it's the same all the way. */
const framesPerSecond = 25;

/** A JPEG doesn't tell which these are: they are always the same, those of no HD video. */
const jpegColours =
  'in_color_matrix=bt709:in_range=tv:out_color_matrix=bt601:out_range=full:flags=bicubic+accurate_rnd,format=yuvj420p';

export function posterSize(clip: PictureSize): PictureSize {
  return fitInto(clip, posterSidePixels);
}

export function lookedAtSize(clip: PictureSize): PictureSize {
  return fitInto(clip, lookedAtSidePixels);
}

/** Of all frames of a clip, for `candidateFilters`: spread over it, each in the middle of its part. */
export function spreadOverClip(span: Pick<ClipSpan, 'frames' | 'framesPerSecond'>): string {
  const { frames } = span;
  const apart = Math.max(Math.ceil(frames / mostCandidates), Math.round(apartSeconds * span.framesPerSecond));
  const first = Math.floor(Math.min(apart, frames) / 2);
  return `not(mod(n-${first},${apart}))`;
}

/** Of whatever frames come, by their times. */
export function spreadInTime({ durationSeconds }: Pick<ClipSpan, 'durationSeconds'>): string {
  const apart = Math.max(apartSeconds, durationSeconds / mostCandidates);
  return `isnan(prev_selected_t)+gte(t-prev_selected_t,${apart.toFixed(6)})`;
}

/**
 * Takes candidates, those for which `select` is not 0, out of the frames of output `n`: from the pad `input` on to the
 * pad `output`, and to those that `candidateOutputs` writes.
 */
export function candidateFilters(
  n: number,
  { input, output, size, select }: { input: string; output: string; size: PictureSize; select: string },
): string {
  const poster = scaleTo(posterSize(size));
  const taken = `select='${select}',settb=1/${framesPerSecond},setpts=N`;
  const [passing, likely] = [`passing${n}`, `likely${n}`];
  return [
    `[${input}]split[${output}][${passing}]`,
    ...(n === 0
      ? [
          `[${passing}]${taken},split[${likely}][lookedat]`,
          `[lookedat]${scaleTo(lookedAtSize(size))},format=yuv420p,extractplanes=y[luma]`,
        ]
      : [`[${passing}]${taken}[${likely}]`]),
    `[${likely}]${poster}:${jpegColours}[poster${n}]`,
  ].join(';');
}

export function candidateOutputs({ lumaPath, jpegPaths }: CandidateFiles): string[] {
  const rate = ['-r', String(framesPerSecond)];
  return [
    ...['-map', '[luma]', ...rate, '-c:v', 'rawvideo', '-f', 'rawvideo', lumaPath],
    ...jpegPaths.flatMap((path, n) => [
      ...['-map', `[poster${n}]`, ...rate, '-c:v', 'mjpeg', '-q:v', '3', '-threads', '1'],
      ...['-fflags', '+bitexact', '-flags:v', '+bitexact', '-f', 'mjpeg', path],
    ]),
  ];
}

function scaleTo({ widthPixels, heightPixels }: PictureSize): string {
  return `scale=${widthPixels}:${heightPixels}`;
}
