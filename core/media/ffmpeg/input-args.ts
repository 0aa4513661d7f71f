import { limits } from '../../limits.ts';
import { reconnectArgs } from '../reads/serve-ranges.ts';
import type { SourceFacts } from '../types.ts';
import { decoders } from './decoders.ts';

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

/** Before an input of which all is read: its times come out as players count them. */
export function clockArgs({ clockStartSeconds }: SourceFacts): string[] {
  // ffmpeg would count from the first packet of any track; players count from the container's own start.
  // (A millisecond off, for at exactly that start it would again take the first packet that it's told to use.)
  return ['-seek_timestamp', '1', '-itsoffset', (-clockStartSeconds - 0.001).toFixed(6)];
}

/** For ffmpeg only: ffprobe gives up at the first track that it may not decode, be it subtitles. */
export const decoderArgs = ['-codec_whitelist', decoders.join(',')];
