import { join } from 'node:path';
import { runFfmpegHere } from '../../test/support/ffmpeg-here.ts';

export interface CutSource {
  /** Its ending names the container. */
  name: string;
  rate: string;
  options: string[];
  /** Whether it must never be copied. */
  isUnsuited?: true;
}

export const sourceSeconds = 14;

const x264 = (params: string, ...options: string[]) => ['-x264-params', `scenecut=0:${params}`, ...options];

/** Recordings by the distance of their keyframes, the order of their frames, their rate and container. */
export const cutSources: readonly CutSource[] = [
  { name: 'second.mp4', rate: '30', options: x264('keyint=30:bframes=2:b-pyramid=none:b-adapt=0') },
  { name: 'two-seconds.mp4', rate: '30', options: x264('keyint=60:bframes=3:b-pyramid=normal:b-adapt=0') },
  { name: 'five-seconds.mp4', rate: '25', options: x264('keyint=125:bframes=8:b-pyramid=strict:b-adapt=0') },
  { name: 'ten-seconds.mp4', rate: '24', options: x264('keyint=240:bframes=3:ref=4') },
  { name: 'any-distance.mp4', rate: '50', options: ['-x264-params', 'keyint=100:min-keyint=1:scenecut=60'] },
  {
    name: 'in-order.mov',
    rate: '24000/1001',
    options: x264('keyint=48:bframes=0', '-profile:v', 'baseline'),
  },
  { name: 'main.mov', rate: '30000/1001', options: x264('keyint=45:bframes=1', '-profile:v', 'main') },
  { name: 'sixty.mp4', rate: '60000/1001', options: x264('keyint=90:bframes=3', '-movflags', '+faststart') },
  { name: 'keyframes-only.mp4', rate: '30', options: x264('keyint=1') },
  {
    name: 'fragments.mp4',
    rate: '30',
    options: x264('keyint=60:bframes=3', '-movflags', '+frag_keyframe+empty_moov'),
  },
  { name: 'milliseconds.mp4', rate: '30', options: x264('keyint=60', '-video_track_timescale', '1000') },
  { name: 'open.mp4', rate: '30', options: x264('keyint=40:bframes=3:open-gop=1:b-adapt=0') },
  { name: 'late-picture.mp4', rate: '30', options: x264('keyint=60', '-use_editlist', '0') },
  { name: 'refreshed.mp4', rate: '30', options: x264('keyint=40:intra-refresh=1') },
  { name: 'matroska.mkv', rate: '30', options: x264('keyint=30'), isUnsuited: true },
  {
    name: 'four-two-two.mp4',
    rate: '30',
    options: x264('keyint=30', '-pix_fmt', 'yuv422p'),
    isUnsuited: true,
  },
  { name: 'interlaced.mp4', rate: '25', options: x264('keyint=50:tff=1'), isUnsuited: true },
  {
    name: 'varying.mp4',
    rate: '30',
    // The frames of each other second come at half their rate.
    options: x264('keyint=30', '-vf', "select='lt(mod(t,2),1)+eq(mod(n,2),0)'", '-vsync', 'vfr'),
    isUnsuited: true,
  },
];

/**
 * Pictures whose upper half is a grey that tells their number, modulo 73 (see frameNumber), and whose lower half gives an
 * encoder something to do; with a tone that rises, so that no two moments sound alike.
 */
export function makeCutSource(folder: string, { name, rate, options }: CutSource): string {
  const path = join(folder, name);
  const picture =
    `nullsrc=s=160x64:r=${rate},geq=lum='18+mod(N*3,219)':cb=128:cr=128[number];` +
    `testsrc2=s=160x64:r=${rate},noise=alls=6:allf=t[busy];[number][busy]vstack`;
  runFfmpegHere(
    ...['-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', "aevalsrc='0.3*sin(2*PI*(200*t+20*t*t))':s=48000"],
    ...['-t', String(sourceSeconds), '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '16'],
    ...['-pix_fmt', 'yuv420p', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
    ...options,
    path,
  );
  return path;
}
