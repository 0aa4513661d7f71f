import { readLines } from './read-lines.ts';

/** Makes ffmpeg tell the time of each frame that it decodes, on `pipe:3`. It tells of marked ones only. */
export const tellFrameTimes = ['metadata=add:key=frame:value=1', 'metadata=print:key=frame:file=pipe\\\\:3'];

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
