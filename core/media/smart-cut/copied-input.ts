import { limits } from '../../limits.ts';
import { decoderArgs } from '../ffmpeg/input-args.ts';

/** A part of the copy. Its file is ours, the pictures in it are a stranger's. */
export function copiedInput(path: string, demuxer: 'mpegts' | 'mov' | 'nut' = 'mpegts'): string[] {
  return [
    ...['-protocol_whitelist', 'file', '-format_whitelist', demuxer],
    ...['-max_pixels', String(limits.media.pixels), ...decoderArgs, '-f', demuxer, '-i', path],
  ];
}
