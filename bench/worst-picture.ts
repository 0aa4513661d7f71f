import { join } from 'node:path';
import { runFfmpegHere } from '../test/support/ffmpeg-here.ts';

/**
 * A silent recording of pictures as large as are taken (core/limits.ts), each a keyframe, 4:4:4 with ten bits: of all that was
 * tried it takes most memory to decode, before ProRes 4444, FFV1 and Ut Video with alpha, and HEVC, AV1, VP9 and MJPEG.
 */
export function makeWorstPicture(folder: string): string {
  const [short, path] = [join(folder, 'frames.mp4'), join(folder, 'worst.mp4')];
  runFfmpegHere(
    ...['-f', 'lavfi', '-i', 'testsrc2=s=8192x4320:r=5', '-frames:v', '6', '-pix_fmt', 'yuv444p10le'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '1', short],
  );
  // So many that each thread of a decoder has some of them.
  runFfmpegHere('-stream_loop', '3', '-i', short, '-c', 'copy', path);
  return path;
}
