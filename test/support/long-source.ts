import { join } from 'node:path';
import { runFfmpegHere } from './ffmpeg-here.ts';

const loopSeconds = 20;

/**
 * A 1080p30 MP4 of about 4.7 Mb/s, by default 30 minutes and a gigabyte: twenty seconds are encoded (6 s of CPU), the
 * rest are the same packets again (3 s). `index` is where the moov box is.
 */
export function makeLongSource(
  folder: string,
  { minutes = 30, index = 'front' }: { minutes?: number; index?: 'front' | 'end' } = {},
): string {
  const loop = join(folder, 'loop.mp4');
  const path = join(folder, `long-${index}.mp4`);
  runFfmpegHere(
    ...['-f', 'lavfi', '-i', 'testsrc2=s=1920x1080:r=30', '-f', 'lavfi', '-i', 'sine=f=440:r=48000:b=1'],
    ...['-t', String(loopSeconds), '-vf', 'noise=alls=8:allf=t', '-pix_fmt', 'yuv420p'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '60'],
    ...['-b:v', '4500k', '-maxrate', '4500k', '-bufsize', '4500k', '-c:a', 'aac', '-b:a', '128k', loop],
  );
  const repeats = (minutes * 60) / loopSeconds - 1;
  const flags = index === 'front' ? ['-movflags', '+faststart'] : [];
  runFfmpegHere('-stream_loop', String(repeats), '-i', loop, '-c', 'copy', ...flags, path);
  return path;
}
