/**
 * A recording in which it shows when something is off: each second the whole picture turns white and a beep of 1 kHz
 * sounds, at the very same moment. Else it is dark, with a grey box in its top left quarter.
 */
export interface FlashAndBeep {
  width: number;
  height: number;
  /** `30`, `30000/1001` */
  rate: string;
}

/** How long a flash and a beep last. */
const flashSeconds = 0.1;

export function rateOf(rate: string): number {
  const [numerator = 0, denominator = 1] = rate.split('/').map(Number);
  return numerator / denominator;
}

/** Times from 0 up to `endSeconds` at which a flash and a beep begin: each is the beginning of a frame. */
export function flashTimes(rate: string, endSeconds: number): number[] {
  const { firstSeconds, everySeconds } = rhythm(rate);
  const count = Math.ceil((endSeconds - firstSeconds) / everySeconds);
  return Array.from({ length: Math.max(0, count) }, (_, n) => firstSeconds + n * everySeconds);
}

/** For lavfi. */
export function flashingPicture({ width, height, rate }: FlashAndBeep): string {
  const { firstFrame, everyFrames, frames } = rhythm(rate);
  const phase = `mod(n-${firstFrame}+${everyFrames}*10,${everyFrames})`;
  return [
    `color=0x202020:s=${width}x${height}:r=${rate}`,
    `drawbox=x=0:y=0:w=iw/2:h=ih/2:c=0x606060:t=fill`,
    `drawbox=c=white:t=fill:enable='lt(${phase},${frames})'`,
  ].join(',');
}

/** For lavfi, in stereo. */
export function beepingSound({ rate }: Pick<FlashAndBeep, 'rate'>): string {
  const { firstSeconds, everySeconds } = rhythm(rate);
  const phase = `mod(t-${firstSeconds}+${everySeconds}*10,${everySeconds})`;
  const beep = `0.2*sin(2*PI*1000*${phase})*lt(${phase},${flashSeconds})`;
  return `aevalsrc='${beep}|${beep}':s=48000`;
}

function rhythm(rate: string) {
  const framesPerSecond = rateOf(rate);
  const everyFrames = Math.round(framesPerSecond);
  const firstFrame = Math.round(framesPerSecond * 0.4);
  return {
    everyFrames,
    firstFrame,
    frames: Math.max(1, Math.round(framesPerSecond * flashSeconds)),
    firstSeconds: firstFrame / framesPerSecond,
    everySeconds: everyFrames / framesPerSecond,
  };
}
