import { limits } from '../limits.ts';
import { clipFilters } from './clip-filters.ts';
import type { ClipSpan } from './clip-span.ts';
import { decoderArgs, ffmpegArgs, inputArgs } from './input-args.ts';
import { progressArgs } from './read-progress.ts';
import type { SourceFacts } from './types.ts';

/** No clip comes near it; a file made to blow up does. */
const maxClipBytes = 4 * 1024 ** 3;

/** The AAC packets of the longest clip, and some more. */
const maxWaitingPackets = limits.clipSeconds.max * 50;

const standardColours = ['-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709'];

/** Renders a span of the source to an MP4 that plays everywhere. The same arguments give the same bytes. */
export function clipArgs(
  url: string,
  facts: SourceFacts,
  span: ClipSpan,
  clipPath: string,
  strict: string[],
): string[] {
  const { inSeconds, seekSeconds = 0, framesPerSecond } = span;
  return [
    ...[...ffmpegArgs, ...strict, ...progressArgs],
    // seek_timestamp: times are the container's own, not counted from its first packet.
    // noaccurate_seek: from the keyframe on, as the frame shown at the in point may have begun long before it.
    ...['-seek_timestamp', '1', '-noaccurate_seek'],
    ...(seekSeconds ? ['-ss', seekSeconds.toFixed(6)] : []),
    // Makes the in point time 0; ffmpeg itself takes off what it seeked to.
    ...['-itsoffset', (seekSeconds - inSeconds).toFixed(6)],
    ...decoderArgs,
    ...inputArgs(url, facts.demuxer),
    ...['-filter_complex', clipFilters(facts, span), '-map', '[v]', ...(facts.audio ? ['-map', '[a]'] : [])],
    ...['-map_metadata', '-1', '-map_chapters', '-1', '-sn', '-dn'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20', '-profile:v', 'high'],
    // Old ffmpegs don't hand on from the filters what colours these are.
    ...(facts.video?.highDynamicRange ? standardColours : []),
    // A keyframe every two seconds: players jump at once, and the poster has some to choose from.
    ...['-g', String(Math.ceil(framesPerSecond * 2))],
    ...(facts.audio ? ['-c:a', 'aac', '-b:a', '160k'] : []),
    // A waveform's picture comes only after all of its sound, which waits meanwhile.
    ...['-max_muxing_queue_size', String(maxWaitingPackets)],
    // No version and no date in the file.
    ...['-fflags', '+bitexact', '-flags:v', '+bitexact', '-flags:a', '+bitexact'],
    ...['-fs', String(maxClipBytes), '-movflags', '+faststart', '-f', 'mp4', clipPath],
  ];
}
