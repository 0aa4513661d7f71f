import { bitexactArgs } from './clip-args.ts';
import { ffmpegArgs } from './input-args.ts';

/** One input of our own making. */
function ownFile(path: string, demuxer: 'mov' | 'wav'): string[] {
  return ['-protocol_whitelist', 'file', '-f', demuxer, '-i', path];
}

/** Puts pictures, untouched, and sound, through `filters`, into the MP4 that is the clip. */
export function mixArgs(
  picturePath: string,
  sound: { path: string; filters: string } | undefined,
  clipPath: string,
): string[] {
  return [
    ...[...ffmpegArgs, '-xerror', '-nostats', ...ownFile(picturePath, 'mov')],
    ...(sound ? ownFile(sound.path, 'wav') : []),
    ...['-map', '0:v:0', '-c:v', 'copy'],
    ...(sound ? ['-map', '1:a:0', '-af', sound.filters, '-c:a', 'aac', '-b:a', '160k'] : []),
    ...['-map_metadata', '-1', '-map_chapters', '-1', ...bitexactArgs],
    ...['-movflags', '+faststart', '-f', 'mp4', clipPath],
  ];
}

/** Measures a file's sound, through `filters`: see measureLevels. */
export function levelsArgs(path: string, demuxer: 'mov' | 'wav', filters: string): string[] {
  const measure = 'ebur128=peak=true:metadata=1:framelog=verbose';
  return [
    ...[...ffmpegArgs, '-xerror', '-nostats', ...ownFile(path, demuxer), '-map', '0:a:0'],
    ...['-af', `${filters},${measure},ametadata=print:file=-`, '-f', 'null', '-'],
  ];
}
