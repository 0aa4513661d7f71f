import type { VideoFacts } from '../types.ts';
import type { FfprobeStream } from './ffprobe-report.ts';

type Orientation = Pick<VideoFacts, 'rotationDegrees' | 'mirrored'>;

/** How a picture is to be shown: by its display matrix, in quarter turns. */
export function readOrientation({ side_data_list = [], tags }: FfprobeStream): Orientation {
  const told = side_data_list.find(({ rotation }) => rotation !== undefined);
  const matrix = parseMatrix(told?.displaymatrix);
  if (matrix) {
    const [a, b, c, d] = matrix;
    const mirrored = a * d - b * c < 0;
    const sign = mirrored ? -1 : 1;
    const radians = Math.atan2(sign * b, sign * a);
    return { rotationDegrees: quarterTurns((radians * 180) / Math.PI), ...(mirrored && { mirrored }) };
  }
  // ffprobe counts counterclockwise and from -180 to 180; the old `rotate` tag counts clockwise.
  return { rotationDegrees: quarterTurns(told ? -Number(told.rotation) : Number(tags?.rotate ?? 0)) };
}

/** The part that turns and mirrors, of what ffprobe prints: three lines like `00000000:  65536  0  0`. */
function parseMatrix(printed = ''): [a: number, b: number, c: number, d: number] | undefined {
  const rows = [...printed.matchAll(/^\d+:\s+(-?\d+)\s+(-?\d+)/gm)];
  const [a = 0, b = 0, c = 0, d = 0] = rows.slice(0, 2).flatMap(([, x, y]) => [Number(x), Number(y)]);
  return a * d - b * c === 0 ? undefined : [a, b, c, d];
}

function quarterTurns(degrees: number): number {
  const turns = Math.round((Number.isFinite(degrees) ? degrees : 0) / 90);
  return (((turns % 4) + 4) % 4) * 90;
}

/** With `turnArgs`: turns a mirrored picture (a selfie, saved as it was seen) as its file says. */
export function turnFilters({ mirrored, rotationDegrees }: VideoFacts): string[] {
  if (!mirrored) return [];
  const turns: Record<number, string[]> = {
    90: ['transpose=clock'],
    180: ['hflip', 'vflip'],
    270: ['transpose=cclock'],
  };
  return ['hflip', ...(turns[rotationDegrees] ?? [])];
}

/** ffmpeg turns pictures by itself, and mirrors them too, but for old versions. */
export function turnArgs(video: VideoFacts | undefined): string[] {
  return video?.mirrored ? ['-noautorotate'] : [];
}
