import { decoderArgs, ffmpegArgs, inputArgs } from '../ffmpeg/input-args.ts';
import { progressArgs } from '../ffmpeg/read-progress.ts';
import { colourTags } from '../picture/clip-colours.ts';
import { type Overlays, watermarkArgs } from '../picture/overlay-filters.ts';
import { type CandidateFiles, candidateOutputs } from '../poster/candidate-args.ts';
import { turnArgs } from '../probe/orientation.ts';
import type { SourceFacts } from '../types.ts';
import { clipFilters } from './clip-filters.ts';
import type { ClipOutput } from './clip-look.ts';
import type { ClipSpan } from './clip-span.ts';

/** No clip comes near it; a file made to blow up does. */
const maxClipBytes = 4 * 1024 ** 3;

/** No version and no date in the file: the same arguments give the same bytes. */
export const bitexactArgs = ['-fflags', '+bitexact', '-flags:v', '+bitexact', '-flags:a', '+bitexact'];

export interface ClipParts {
  outputs: readonly ClipOutput[];
  overlays: Overlays;
  /** One for each output. */
  picturePaths: readonly string[];
  candidates: CandidateFiles;
  /** Absent when the source has no sound. */
  soundPath?: string;
}

/**
 * Reads a span of the source once, for all outputs: pictures as they will stay, each in an MP4 of its own, some of
 * them as what may be a poster, and the sound as it was, lossless in a WAV.
 */
export function clipArgs(
  url: string,
  facts: SourceFacts,
  span: ClipSpan,
  { outputs, overlays, picturePaths, candidates, soundPath }: ClipParts,
  strict: string[],
): string[] {
  return [
    ...spanArgs(url, facts, span, strict),
    ...watermarkArgs(overlays),
    ...['-filter_complex', clipFilters(facts, span, outputs, overlays)],
    ...picturePaths.flatMap((path, n) => [
      ...['-map', `[v${n}]`, ...bareFileArgs, ...pictureArgs(facts, span), '-f', 'mp4', path],
    ]),
    ...candidateOutputs(candidates),
    ...(soundPath ? ['-map', '[a]', ...bareFileArgs, '-c:a', 'pcm_f32le', '-f', 'wav', soundPath] : []),
  ];
}

/** ffmpeg's arguments up to its first input: the source, from before a span on, whose in point becomes time 0. */
export function spanArgs(url: string, facts: SourceFacts, span: ClipSpan, strict: string[]): string[] {
  const { inSeconds, seekSeconds = 0 } = span;
  return [
    ...[...ffmpegArgs, ...strict, ...progressArgs],
    // seek_timestamp: times are the container's own, not counted from its first packet.
    // noaccurate_seek: from the keyframe on, as the frame shown at the in point may have begun long before it.
    ...['-seek_timestamp', '1', '-noaccurate_seek'],
    ...(seekSeconds ? ['-ss', seekSeconds.toFixed(6)] : []),
    // ffmpeg itself takes off what it seeked to.
    ...['-itsoffset', (seekSeconds - inSeconds).toFixed(6)],
    ...turnArgs(facts.video),
    ...decoderArgs,
    ...inputArgs(url, facts.demuxer),
  ];
}

export const bareFileArgs = [
  ...['-map_metadata', '-1', '-map_chapters', '-1', '-sn', '-dn'],
  ...bitexactArgs,
  ...['-fs', String(maxClipBytes)],
];

function pictureArgs({ video }: SourceFacts, span: ClipSpan): string[] {
  return [...encoderArgs(span), '-profile:v', 'high', ...colourTags(video)];
}

export function encoderArgs({ framesPerSecond }: Pick<ClipSpan, 'framesPerSecond'>): string[] {
  return [
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20'],
    // A keyframe every two seconds: players jump at once.
    ...['-g', String(Math.ceil(framesPerSecond * 2))],
  ];
}
