import { frameTimes, runFfmpegHere } from '../../test/support/ffmpeg-here.ts';
import { frameNumber } from '../../test/support/media-sources.ts';

/** What a clip shows and plays; two clips of the same range are the same, however they were cut. */
export interface Seen {
  /** As the source counts its frames, modulo 73. */
  frames: number[];
  /** To the millisecond. */
  times: number[];
  /** Of the sound, decoded. */
  sound: string;
}

/** Throws when a decoder has anything to complain of. */
export function lookAtClip(path: string): Seen {
  const upperHalf = 'crop=iw:ih/2:0:0,scale=1:1:flags=area,format=gray';
  const lumas = runFfmpegHere('-xerror', '-i', path, '-map', '0:v', '-vf', upperHalf, '-f', 'rawvideo', '-');
  return {
    frames: [...lumas].map((luma) => frameNumber(luma)),
    times: frameTimes(path).map((seconds) => Math.round(seconds * 1000)),
    sound: runFfmpegHere('-xerror', '-i', path, '-map', '0:a', '-f', 'md5', '-').toString(),
  };
}

/** In words, how one differs from the other; none when they are the same. */
export function differences(fast: Seen, exact: Seen): string[] {
  const isNear = (one: number, n: number) => Math.abs(one - exact.times[n]!) <= 2;
  return [
    ...(fast.frames.join() === exact.frames.join()
      ? []
      : [`frames ${fast.frames.join()}\n  instead of ${exact.frames.join()}`]),
    ...(fast.times.length === exact.times.length && fast.times.every(isNear) ? [] : ['other times']),
    ...(fast.sound === exact.sound ? [] : ['other sound']),
  ];
}
