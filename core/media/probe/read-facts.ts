import { MediaTooLarge } from '../../failures.ts';
import { limits } from '../../limits.ts';
import type { Colours } from '../picture/clip-colours.ts';
import type { AudioFacts, SourceFacts, VideoFacts } from '../types.ts';
import { chooseTracks, isMovingPicture } from './choose-tracks.ts';
import { type FfprobeReport, type FfprobeStream, secondsOf } from './ffprobe-report.ts';
import { chooseFrameRate, parseRate } from './frame-rate.ts';
import { readOrientation } from './orientation.ts';

/** What a report says of the source, but for a duration that the container doesn't tell. */
export type FactsSoFar = Omit<SourceFacts, 'durationSeconds'> & { durationSeconds?: number };

/** `decodable`: codecs by ffprobe's names. Throws MediaTooLarge and UnsupportedMedia. */
export function readFacts(
  report: FfprobeReport,
  demuxer: string,
  decodable: ReadonlySet<string>,
): FactsSoFar {
  const { streams } = report;
  if (streams.length > limits.media.streams) {
    throw new MediaTooLarge(
      `The file has ${streams.length} tracks; ${limits.media.streams} are the most we take.`,
    );
  }
  if (streams.some(hasNoSize)) {
    throw new MediaTooLarge("The picture is larger than 8192 × 4320, or its size can't be read.");
  }
  const { video, audio, leading } = chooseTracks(report, decodable);

  const clockStartSeconds = findClockStart(demuxer, Number(report.format.start_time));
  const durationSeconds = endSeconds(report, leading) - clockStartSeconds;
  return {
    kind: video ? 'video' : 'audio',
    demuxer,
    clockStartSeconds,
    ...(durationSeconds > 0 && { durationSeconds }),
    ...(video && { video: readVideo(video) }),
    ...(audio && { audio: readAudio(audio) }),
  };
}

/** ffprobe forgets the size of what is larger than it was allowed to decode. */
function hasNoSize(stream: FfprobeStream): boolean {
  return isMovingPicture(stream) && !(stream.width && stream.height);
}

/**
 * What the container calls the moment that players show as 0. MP4 and MOV count from 0 by definition, and so
 * does Matroska, where an encoder's delay of milliseconds is no start; a transport stream starts anywhere.
 */
function findClockStart(demuxer: string, startSeconds: number): number {
  if (!Number.isFinite(startSeconds) || demuxer === 'mov') return 0;
  return demuxer === 'matroska' && Math.abs(startSeconds) < 1 ? 0 : startSeconds;
}

/** Where the stream ends, on the container's clock; the file's own end if the stream doesn't say. NaN: unknown. */
function endSeconds({ format }: FfprobeReport, { start_time, duration, tags }: FfprobeStream): number {
  const streamEnd = Number(start_time ?? 0) + Number(duration ?? secondsOf(tags?.DURATION));
  const fileEnd = Number(format.start_time ?? 0) + Number(format.duration);
  return Number.isNaN(streamEnd) || streamEnd > fileEnd ? fileEnd : streamEnd;
}

function readVideo(stream: FfprobeStream): VideoFacts {
  const { index, codec_name = '', width = 0, height = 0 } = stream;
  return {
    streamIndex: index,
    codec: codec_name,
    widthPixels: width,
    heightPixels: height,
    pixelAspect: parseRate(stream.sample_aspect_ratio?.replace(':', '/')) ?? 1,
    ...readOrientation(stream),
    framesPerSecond: chooseFrameRate(parseRate(stream.avg_frame_rate), parseRate(stream.r_frame_rate)),
    interlaced: ['tt', 'bb', 'tb', 'bt'].includes(stream.field_order ?? ''),
    highDynamicRange: ['smpte2084', 'arib-std-b67'].includes(stream.color_transfer ?? ''),
    colours: readColours(stream),
  };
}

function readColours({ color_space, color_primaries, color_transfer, color_range }: FfprobeStream): Colours {
  const told = (name: string | undefined) => (name === 'unknown' || name === 'reserved' ? undefined : name);
  return {
    matrix: told(color_space),
    primaries: told(color_primaries),
    transfer: told(color_transfer),
    fullRange: color_range === 'pc',
  };
}

function readAudio({ index, codec_name = '', channels = 0, sample_rate }: FfprobeStream): AudioFacts {
  return { streamIndex: index, codec: codec_name, channels, sampleRateHz: Number(sample_rate) };
}
