import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runFfmpegHere } from './ffmpeg-here.ts';

const loopSeconds = 20;

/**
 * A 1080p30 MP4, by default of about 4.7 Mb/s, 30 minutes and a gigabyte: twenty seconds are encoded (6 s of CPU), once
 * for all sources of a folder, and the rest are the same packets again (3 s). `index` is where the moov box is.
 */
export function makeLongSource(
  folder: string,
  {
    minutes = 30,
    index = 'front',
    kilobitsPerSecond = 4500,
  }: { minutes?: number; index?: 'front' | 'end'; kilobitsPerSecond?: number } = {},
): string {
  const loop = join(folder, `loop-${kilobitsPerSecond}.mp4`);
  if (!existsSync(loop)) encodeLoop(loop, `${kilobitsPerSecond}k`);
  const path = join(folder, `long-${index}.mp4`);
  const repeats = (minutes * 60) / loopSeconds - 1;
  const flags = index === 'front' ? ['-movflags', '+faststart'] : [];
  runFfmpegHere('-stream_loop', String(repeats), '-i', loop, '-c', 'copy', ...flags, path);
  return path;
}

function encodeLoop(path: string, rate: string): void {
  runFfmpegHere(
    ...['-f', 'lavfi', '-i', 'testsrc2=s=1920x1080:r=30', '-f', 'lavfi', '-i', 'sine=f=440:r=48000:b=1'],
    ...['-t', String(loopSeconds), '-vf', 'noise=alls=8:allf=t', '-pix_fmt', 'yuv420p'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '60'],
    ...['-b:v', rate, '-maxrate', rate, '-bufsize', rate, '-c:a', 'aac', '-b:a', '128k', path],
  );
}
