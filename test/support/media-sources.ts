import { join } from 'node:path';
import { runFfmpegHere } from './ffmpeg-here.ts';

export interface SourceWishes {
  folder: string;
  /** Its ending names the container. */
  name?: string;
  durationSeconds?: number;
  /** A lavfi source; `false`: no video. Default: frames that can be told apart by `frameNumber`. */
  picture?: string | false;
  /** A lavfi source; `false`: no sound. */
  sound?: string | false;
  /** The sound begins this much after the picture. */
  soundDelaySeconds?: number;
  /** Output options put last, so that they win. */
  options?: string[];
}

/** 30 frames a second, each a grey of its own, for 73 frames. */
export const countingPicture = "nullsrc=s=64x64:r=30,geq=lum='18+mod(N*3,219)':cb=128:cr=128";

/** Which frame of `countingPicture` a brightness is, of the 73 from `first` on. */
export function frameNumber(luma: number): number {
  // Limited range to full range: 16–235 became 0–255.
  const coded = 16 + (luma * 219) / 255;
  return Math.max(0, Math.round((coded - 18) / 3));
}

/** White for a tenth of each second, with a beep. */
export const flashes = {
  picture: "color=black:s=160x90:r=30,drawbox=c=white:t=fill:enable='lt(mod(t,1),0.1)'",
  sound: "aevalsrc='0.5*sin(880*2*PI*t)*lt(mod(t,1),0.1)':s=48000",
};

/** Makes a recording of seconds and answers its path. */
export function makeSource(wishes: SourceWishes): string {
  const {
    folder,
    name = 'source.mp4',
    durationSeconds = 6,
    picture = countingPicture,
    sound = 'sine=f=440:r=48000',
    soundDelaySeconds = 0,
    options = [],
  } = wishes;
  const path = join(folder, name);
  const duration = ['-t', String(durationSeconds)];
  runFfmpegHere(
    ...(picture ? ['-f', 'lavfi', '-i', picture] : []),
    ...(sound ? ['-itsoffset', String(soundDelaySeconds), '-f', 'lavfi', '-i', sound] : []),
    ...(picture ? ['-map', '0:v'] : []),
    ...(sound ? ['-map', picture ? '1:a' : '0:a'] : []),
    ...(picture
      ? [
          '-c:v',
          'libx264',
          '-preset',
          'ultrafast',
          '-crf',
          '6',
          '-pix_fmt',
          'yuv420p',
          '-g',
          '45',
          '-bf',
          '2',
        ]
      : []),
    ...duration,
    ...options,
    path,
  );
  return path;
}
