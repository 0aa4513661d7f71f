import { bitexactArgs } from '../clip/clip-args.ts';
import { ffmpegArgs } from '../ffmpeg/input-args.ts';

/** Sound in a file of our own making. */
export interface MeasuredSound {
  path: string;
  demuxer: 'mov' | 'wav';
  /** What it goes through before it is measured. Default: nothing. */
  filters?: string;
  /** Where to keep what was measured, as a WAV; absent: nowhere. */
  keptPath?: string;
  /** Default: true. They take longer than all the rest. */
  withPeaks?: boolean;
}

/** One input of our own making. */
function ownFile(path: string, demuxer: 'mov' | 'wav'): string[] {
  return ['-protocol_whitelist', 'file', '-f', demuxer, '-i', path];
}

/** The sound of a clip: a WAV and what it goes through; or, without filters, that of another clip as it is. */
export interface HeardSound {
  path: string;
  filters?: string;
}

/** Puts pictures, untouched, and sound into the MP4 that is the clip. */
export function mixArgs(picturePath: string, sound: HeardSound | undefined, clipPath: string): string[] {
  return [
    ...[...ffmpegArgs, '-xerror', '-nostats', ...ownFile(picturePath, 'mov')],
    ...(sound ? ownFile(sound.path, sound.filters ? 'wav' : 'mov') : []),
    ...['-map', '0:v:0', '-c:v', 'copy'],
    ...(sound ? ['-map', '1:a:0', ...soundArgs(sound)] : []),
    ...['-map_metadata', '-1', '-map_chapters', '-1', ...bitexactArgs],
    ...['-movflags', '+faststart', '-f', 'mp4', clipPath],
  ];
}

function soundArgs({ filters }: HeardSound): string[] {
  return filters ? ['-af', filters, '-c:a', 'aac', '-b:a', '160k'] : ['-c:a', 'copy'];
}

/** Tells of a file's sound on `pipe:1`: see measureLevels. */
export function levelsArgs(sound: MeasuredSound): string[] {
  const { path, demuxer, filters = 'anull', keptPath, withPeaks = true } = sound;
  const measure = `ebur128=${withPeaks ? 'peak=true:' : ''}metadata=1:framelog=verbose`;
  const split = keptPath ? 'asplit[kept][heard];[heard]' : '';
  return [
    ...[...ffmpegArgs, '-xerror', '-nostats', ...ownFile(path, demuxer)],
    ...['-filter_complex', `[0:a:0]${filters},${split}${measure},ametadata=print:file=-[told]`],
    ...['-map', '[told]', '-f', 'null', '-'],
    ...(keptPath ? ['-map', '[kept]', ...bitexactArgs, '-c:a', 'pcm_f32le', '-f', 'wav', keptPath] : []),
  ];
}
