import { readLines } from '../ffmpeg/read-lines.ts';

/**
 * A filter that leaves pictures alone and makes ffmpeg tell the time of each, on `pipe:3`. It only tells of those
 * that something was found out about: here, of a dot of each, how black it is. It ends soon after the in point: what
 * never ends would have ffmpeg read on to the end of the source.
 */
export const tellFrameTimes =
  'split[told][shown];' +
  '[told]trim=end=0.5,scale=2:2:flags=neighbor,blackframe=amount=0,metadata=print:file=pipe\\\\:3,nullsink;' +
  '[shown]null';

/**
 * How long before the in point the frame began that is shown there, in seconds. A clip begins with that frame, as
 * if it began with the clip: so must the sound, or it's ahead of all pictures by up to a frame. Reads what
 * `tellFrameTimes` makes ffmpeg tell, where the in point is time 0.
 */
export function createFrameClock() {
  let began = Number.NEGATIVE_INFINITY;
  return {
    read: readLines((line) => {
      const seconds = Number(/pts_time:(\S+)/.exec(line)?.[1] ?? Number.NaN);
      if (seconds <= 0) began = Math.max(began, seconds);
    }),
    /** 0 when no picture was there by then, or if it had stood for longer than a frame of the clip. */
    leadSeconds: (frameSeconds: number): number => (-began <= frameSeconds ? -began : 0),
  };
}
