import { limits } from '../limits.ts';
import { decoders } from './decoders.ts';
import { reconnectArgs } from './serve-ranges.ts';

/**
 * How any source is opened, by ffmpeg and ffprobe alike. The file is a stranger's: its container is not
 * guessed but forced, and it can reach no other file, host or decoder than these.
 */
export function inputArgs(url: string, demuxer: string): string[] {
  return [
    ...['-protocol_whitelist', 'http,tcp'],
    ...['-format_whitelist', demuxer],
    ...['-codec_whitelist', decoders.join(',')],
    ...['-max_pixels', String(limits.media.pixels)],
    ...reconnectArgs,
    ...['-f', demuxer],
    ...['-i', url],
  ];
}

/** Before everything else. One allocation of half a gigabyte is a bomb, no recording. */
export const guardArgs = ['-nostdin', '-hide_banner', '-v', 'error', '-max_alloc', String(512 * 1024 * 1024)];
