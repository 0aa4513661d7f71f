import type { SourceFacts } from './types.ts';

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

/** These know where their keyframes are; a seek lands on the last one before the in point. */
const indexedDemuxers = ['mov', 'matroska'];

/** The others land anywhere between two keyframes: the next one back is seldom farther off than this. */
const prerollSeconds = 10;

/** Decoders of sound need a few packets to settle, never more. */
const audioPrerollSeconds = 1;

/** Times given in milliseconds, and containers that count in them, fall just short of the frame that is meant. */
const toleranceSeconds = 0.002;

export function clipSpan(facts: SourceFacts, { startSeconds, endSeconds }: TimeRange): ClipSpan {
  const { video, demuxer, clockStartSeconds } = facts;
  const framesPerSecond = video?.framesPerSecond ?? waveformFramesPerSecond;
  const frames = Math.max(1, Math.round((endSeconds - startSeconds) * framesPerSecond));
  const preroll = indexedDemuxers.includes(demuxer) ? 0 : video ? prerollSeconds : audioPrerollSeconds;
  const inSeconds = clockStartSeconds + startSeconds + toleranceSeconds;
  return {
    inSeconds,
    ...(startSeconds > preroll && { seekSeconds: inSeconds - preroll }),
    framesPerSecond,
    frames,
    durationSeconds: frames / framesPerSecond,
  };
}
