import { limits } from '../limits.ts';
import { decoders } from './decoders.ts';
import { reconnectArgs } from './serve-ranges.ts';

/** ffprobe's first arguments. One allocation of half a gigabyte is a bomb, no recording. */
export const ffprobeArgs = ['-hide_banner', '-v', 'error', '-max_alloc', String(512 * 1024 * 1024)];

/** ffmpeg's first arguments: besides, it asks nobody, not even whether to write over a file. */
export const ffmpegArgs = [...ffprobeArgs, '-nostdin', '-y'];

/**
 * How any source is opened, by ffmpeg and ffprobe alike. The file is a stranger's: its container is not
 * guessed but forced, and nothing in it can make them open another file, host or container.
 */
export function inputArgs(url: string, demuxer: string): string[] {
  return [
    ...['-protocol_whitelist', 'http,tcp'],
    ...['-format_whitelist', demuxer],
    ...['-max_pixels', String(limits.media.pixels)],
    ...reconnectArgs,
    ...['-f', demuxer],
    ...['-i', url],
  ];
}

/** For ffmpeg only: ffprobe gives up at the first track that it may not decode, be it subtitles. */
export const decoderArgs = ['-codec_whitelist', decoders.join(',')];
