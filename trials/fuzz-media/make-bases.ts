import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixtures, runFfmpegHere } from '../../test/support/ffmpeg-here.ts';
import type { Ground } from './hostile-file.ts';

/** With a keyframe a second, and colours told as a fast cut wants them. */
const h264 = [
  ...['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '25', '-pix_fmt', 'yuv420p'],
  ...['-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709'],
];

/** One of each container that we take, and of what is in use inside them. */
const recipes: Record<string, string[]> = {
  'talk.mp4': ['-c', 'copy'],
  mp4: [...h264, '-c:a', 'aac'],
  'faststart.mp4': [...h264, '-c:a', 'aac', '-movflags', '+faststart', '-f', 'mp4'],
  'fragmented.mp4': [...h264, '-c:a', 'aac', '-movflags', '+frag_keyframe+empty_moov', '-f', 'mp4'],
  mov: [...h264, '-c:a', 'pcm_s16le'],
  'sound.mov': ['-vn', '-c:a', 'pcm_s16le', '-f', 'mov'],
  mkv: [...h264, '-c:a', 'aac'],
  ts: [...h264, '-c:a', 'aac'],
  avi: ['-c:v', 'mpeg4', '-c:a', 'mp2'],
  flv: ['-c:v', 'flv1', '-c:a', 'mp3', '-ar', '44100'],
  mpg: ['-c:v', 'mpeg2video', '-c:a', 'mp2'],
  wmv: ['-c:v', 'msmpeg4v3', '-c:a', 'wmav2'],
  m4a: ['-vn', '-c:a', 'aac', '-f', 'mp4'],
  mp3: ['-vn'],
  wav: ['-vn'],
  flac: ['-vn'],
  ogg: ['-vn', '-c:a', 'libvorbis'],
  aiff: ['-vn'],
  aac: ['-vn', '-f', 'adts'],
};

const seconds = 5;

const madeUp = [
  '-f',
  'lavfi',
  '-i',
  'testsrc2=s=160x90:r=25,format=gray',
  '-f',
  'lavfi',
  '-i',
  'sine=f=440:r=48000',
];
const filmed = ['-i', join(fixtures, 'talk.mp4')];

/** Short good recordings, without colours, and the start of a true one. */
export function basesIn(folder: string): Pick<Ground, 'containers' | 'base'> {
  return {
    containers: Object.keys(recipes),
    base(container) {
      const path = join(folder, `base.${container}`);
      if (!existsSync(path)) {
        const input = container === 'talk.mp4' ? filmed : madeUp;
        runFfmpegHere(...input, '-t', String(seconds), '-map_metadata', '-1', ...recipes[container]!, path);
      }
      return readFileSync(path);
    },
  };
}
