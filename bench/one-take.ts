import { join } from 'node:path';
import { runFfmpegHere } from '../test/support/ffmpeg-here.ts';

/** A 1080p30 MP4 of about 4.5 Mb/s with a keyframe every two seconds, recorded in one go: no frame is a moment late. */
export function makeOneTake(folder: string, seconds: number): string {
  const path = join(folder, 'one-take.mp4');
  runFfmpegHere(
    ...['-f', 'lavfi', '-i', 'testsrc2=s=1920x1080:r=30', '-f', 'lavfi', '-i', 'sine=f=440:r=48000:b=1'],
    ...['-t', String(seconds), '-vf', 'noise=alls=8:allf=t', '-pix_fmt', 'yuv420p'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-g', '60', '-sc_threshold', '0'],
    ...['-b:v', '4500k', '-maxrate', '4500k', '-bufsize', '9000k', '-c:a', 'aac', '-b:a', '128k', path],
  );
  return path;
}
