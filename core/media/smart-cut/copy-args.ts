import { bareFileArgs, spanArgs } from '../clip/clip-args.ts';
import { soundChain } from '../clip/clip-filters.ts';
import type { ClipSpan } from '../clip/clip-span.ts';
import type { SourceFacts } from '../types.ts';

/**
 * Where the in point is on the copy's clock, which knows no negative times: later than any keyframe before it needs.
 */
export const copyInSeconds = 3600;

/** Frames after the out point, to see that none of those before it is missing. */
const spareFrames = 3;

/** A transport stream begins at the very time that it's told to, not a moment later to fill buffers. */
export const exactTimesArgs = ['-muxdelay', '0', '-muxpreload', '0'];

/**
 * Reads a span of the source once: its coded pictures as they are, from the keyframe on that is before the in point,
 * told of on `pipe:3`; see createPacketList. And its sound, as for any clip.
 */
export function copyArgs(
  url: string,
  facts: SourceFacts,
  span: ClipSpan,
  { streamPath, soundPath }: { streamPath: string; soundPath?: string },
): string[] {
  const { durationSeconds, framesPerSecond } = span;
  const pictures = [
    ...['-map', `0:${facts.video?.streamIndex}`, '-c:v', 'copy'],
    ...['-t', (durationSeconds + spareFrames / framesPerSecond).toFixed(6)],
    ...bareFileArgs,
  ];
  return [
    ...spanArgs(url, facts, span, ['-xerror']),
    ...(soundPath ? ['-filter_complex', soundChain(facts, span)] : []),
    ...[
      ...pictures,
      ...exactTimesArgs,
      '-output_ts_offset',
      String(copyInSeconds),
      '-f',
      'mpegts',
      streamPath,
    ],
    ...[...pictures, '-f', 'framecrc', 'pipe:3'],
    ...(soundPath ? ['-map', '[a]', ...bareFileArgs, '-c:a', 'pcm_f32le', '-f', 'wav', soundPath] : []),
  ];
}
