import { clipRate } from '../probe/frame-rate.ts';
import type { SourceFacts } from '../types.ts';

export interface TimeRange {
  startSeconds: number;
  endSeconds: number;
}

/** A range of the source, as whole frames of the clip. */
export interface ClipSpan {
  /** The in point on the container's clock. */
  inSeconds: number;
  /** Where to seek to, on the same clock; absent when it's cheaper and safer to read from the start. */
  seekSeconds?: number;
  framesPerSecond: number;
  frames: number;
  /** Of the clip: its frames' time, which is the range's to half a frame. */
  durationSeconds: number;
}

/** A waveform moves at this rate. */
export const waveformFramesPerSecond = 30;

/** These know where their keyframes are, so that a seek lands on the last one before. */
const indexedDemuxers = ['mov', 'matroska'];

/** How far before the in point to seek to, so that what is shown there is sure to be decoded. */
const prerollSeconds = {
  /** Keyframes are found by when they are decoded, which may be some frames before they are shown. */
  indexed: 0.25,
  /** The seek lands between two keyframes; the one before is seldom farther off. */
  notIndexed: 10,
  /** Decoders of sound need a few packets to settle. */
  audioOnly: 1,
};

/** Times given in milliseconds, and containers that count in them, fall just short of the frame that is meant. */
const toleranceSeconds = 0.002;

export function clipSpan(facts: SourceFacts, { startSeconds, endSeconds }: TimeRange): ClipSpan {
  const { video, demuxer, clockStartSeconds } = facts;
  const framesPerSecond = video ? clipRate(video.framesPerSecond) : waveformFramesPerSecond;
  const frames = Math.max(1, Math.round((endSeconds - startSeconds) * framesPerSecond));
  const pictures = indexedDemuxers.includes(demuxer) ? 'indexed' : 'notIndexed';
  const preroll = prerollSeconds[video ? pictures : 'audioOnly'];
  const soughtSeconds = clockStartSeconds + startSeconds + toleranceSeconds;
  // AVI's clock ticks in frames, and ffmpeg would round to the nearest, not to the one that is shown.
  const isAvi = video && demuxer === 'avi';
  const inSeconds = isAvi ? floorTo(soughtSeconds, 1 / video.framesPerSecond) : soughtSeconds;
  return {
    inSeconds,
    ...(startSeconds > preroll && { seekSeconds: inSeconds - preroll }),
    framesPerSecond,
    frames,
    durationSeconds: frames / framesPerSecond,
  };
}

function floorTo(value: number, step: number): number {
  return Math.floor(value / step) * step;
}
