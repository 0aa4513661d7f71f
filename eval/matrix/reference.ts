import { spawnSync } from 'node:child_process';
import { resolveFfmpeg } from '../../layers/ffmpeg/resolve-ffmpeg.ts';

/** What makes sources and judges clips, whichever ffmpeg renders them. */
export const reference = resolveFfmpeg({ PATH: process.env.PATH });

const env = { GCONV_PATH: '/nonexistent' };

/** The option for how frames keep their times: ffmpegs before 5.1 know the old name only, those from 8 on the new one. */
export const frameTiming = spawnSync(reference.ffmpegPath, ['-hide_banner', '-h', 'long'], { env })
  .stdout.toString()
  .includes('fps_mode')
  ? '-fps_mode'
  : '-vsync';

/** Runs ffmpeg and answers what it wrote to standard output. Throws if it fails or says anything. */
export function runReference(...args: string[]): Buffer {
  const { ffmpegPath } = reference;
  const { status, stdout, stderr } = spawnSync(ffmpegPath, ['-nostdin', '-v', 'error', '-y', ...args], {
    env,
    maxBuffer: 256 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`ffmpeg ${args.join(' ')} ended with ${status}: ${stderr}`);
  return stdout;
}

/** The same, and what it complained of. */
export function decodeReference(...args: string[]): { output: Buffer; complaints: string } {
  const { status, stdout, stderr } = spawnSync(
    reference.ffmpegPath,
    ['-nostdin', '-v', 'error', '-xerror', ...args],
    { env, maxBuffer: 256 * 1024 * 1024 },
  );
  const said = stderr.toString().trim();
  return { output: stdout, complaints: status === 0 ? said : `ended with ${status}: ${said}` };
}

export interface Probed {
  duration: number;
  video: Record<string, string | number>;
  audio?: Record<string, string | number>;
  frameTimes: number[];
}

/** What ffprobe says of a clip. */
export function probeReference(path: string): Probed {
  const args = [
    '-v',
    'error',
    '-show_format',
    '-show_streams',
    '-show_entries',
    'packet=pts_time,stream_index',
  ];
  const printed = spawnSync(reference.ffprobePath, [...args, '-of', 'json', path], {
    env,
    maxBuffer: 64 * 1024 * 1024,
  });
  const { format, streams, packets } = JSON.parse(printed.stdout.toString());
  const ofType = (type: string) =>
    streams.find((stream: { codec_type: string }) => stream.codec_type === type);
  const video = ofType('video');
  return {
    duration: Number(format.duration),
    video,
    audio: ofType('audio'),
    frameTimes: packets
      .filter((packet: { stream_index: number }) => packet.stream_index === video.index)
      .map(({ pts_time }: { pts_time: string }) => Number(pts_time))
      .sort((one: number, other: number) => one - other),
  };
}
