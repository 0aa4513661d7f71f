import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Takes out what holds ffmpeg to the one file: the forced demuxer, the white lists, that QuickTime's references stay closed. */
const naive = (program: string) => `#!/bin/sh
count=$#
input=no
while [ "$count" -gt 0 ]; do
  word=$1; shift; count=$((count - 1))
  case "$word $input" in
    '-format_whitelist no' | '-codec_whitelist no') shift; count=$((count - 1)) ;;
    '-f no')
      [ "$1" = mov ] && set -- "$@" -enable_drefs 1 -use_absolute_path 1
      shift; count=$((count - 1)) ;;
    '-protocol_whitelist no')
      shift; count=$((count - 1)); set -- "$@" -protocol_whitelist file,http,tcp,crypto,data,concat,subfile ;;
    '-i no') input=yes; set -- "$@" "$word" ;;
    *) set -- "$@" "$word" ;;
  esac
done
exec '${program}' "$@"
`;

/** An ffmpeg and an ffprobe as careless programs call them: to see that the trial finds what they let through. */
export function naiveFfmpeg<T extends { ffmpegPath: string; ffprobePath: string }>(
  paths: T,
  folder: string,
): T {
  const wrap = (name: string, program: string) => {
    const path = join(folder, name);
    writeFileSync(path, naive(program), { mode: 0o755 });
    return path;
  };
  return {
    ...paths,
    ffmpegPath: wrap('ffmpeg', paths.ffmpegPath),
    ffprobePath: wrap('ffprobe', paths.ffprobePath),
  };
}
