import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ByteSource } from '../../core/media/types.ts';
import { type Ffmpeg, resolveFfmpeg } from '../../layers/ffmpeg/resolve-ffmpeg.ts';

export const fixtures = join(import.meta.dirname, '../media/fixtures');

/** The one that makes sources and looks at what came out. */
export const ffmpeg = resolveFfmpeg({ PATH: process.env.PATH });

/** Each different ffmpeg of this machine: the PATH's, and the old one that npm ships. */
export const everyFfmpeg: Ffmpeg[] = [ffmpeg, ...shipped()].filter(
  (one, index, all) => all.findIndex(({ version }) => version === one.version) === index,
);

function shipped(): Ffmpeg[] {
  try {
    return [resolveFfmpeg({})];
  } catch {
    return [];
  }
}

/** A recording that breaks off in the middle: it can be opened, but not be read to its end. */
export function firstHalfOf(path: string, folder: string): string {
  const half = join(folder, 'half.mp4');
  const whole = readFileSync(path);
  writeFileSync(half, whole.subarray(0, whole.length / 2));
  return half;
}

/** As core/media/ffmpeg/run-ffmpeg.ts sets it: the static ffprobe crashes on the machine's character converters. */
const env = { GCONV_PATH: '/nonexistent' };

/** The option for how frames keep their times: ffmpegs before 5.1 know the old name only, those from 8 on the new one. */
export const frameTiming = execFileSync(ffmpeg.ffmpegPath, ['-hide_banner', '-h', 'long'], {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'ignore'],
}).includes('fps_mode')
  ? '-fps_mode'
  : '-vsync';

/** Runs ffmpeg on files of our own, and answers what it wrote to standard output. */
export function runFfmpegHere(...args: string[]): Buffer {
  return execFileSync(ffmpeg.ffmpegPath, ['-nostdin', '-v', 'error', '-y', ...args], {
    env,
    maxBuffer: 256 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

export interface ProbedStream {
  codec_type: string;
  codec_name: string;
  profile?: string;
  pix_fmt?: string;
  width?: number;
  height?: number;
  sample_aspect_ratio?: string;
  r_frame_rate: string;
  nb_frames?: string;
  start_time: string;
  duration: string;
  sample_rate?: string;
  channels?: number;
  color_transfer?: string;
  side_data_list?: unknown[];
}

export interface ProbedFile {
  format: { format_name: string; duration: string; start_time: string; tags?: Record<string, string> };
  streams: ProbedStream[];
  video?: ProbedStream;
  audio?: ProbedStream;
}

/** What ffprobe says of a file that came out. */
export function probeFile(path: string): ProbedFile {
  const args = ['-v', 'error', '-show_format', '-show_streams', '-of', 'json', path];
  const probed = JSON.parse(execFileSync(ffmpeg.ffprobePath, args, { encoding: 'utf8', env })) as ProbedFile;
  const ofType = (type: string) => probed.streams.find(({ codec_type }) => codec_type === type);
  return { ...probed, video: ofType('video'), audio: ofType('audio') };
}

/** How alike the clip's first frame and the frame that the source shows at `atSeconds` are; 1 is the same. */
export function ssimOfFirstFrame(clipPath: string, sourcePath: string, atSeconds: number): number {
  const from = Math.max(0, atSeconds - 30); // what comes before isn't decoded
  const at = atSeconds - from;
  const shown = `select='gte(t,${at - 0.5})',fps=30:round=up:start_time=${at + 0.001},trim=end_frame=1`;
  const graph = `[0:v]trim=end_frame=1,setpts=0[a];[1:v]${shown},setpts=0[b];[a][b]ssim=stats_file=-`;
  const printed = runFfmpegHere(
    '-i',
    clipPath,
    '-ss',
    String(from),
    '-i',
    sourcePath,
    '-filter_complex',
    graph,
    '-f',
    'null',
    '-',
  );
  return Number(/All:([\d.]+)/.exec(printed.toString())?.[1]);
}

/** When each frame of a video is first shown, in seconds on the container's clock, in order. */
export function frameTimes(path: string): number[] {
  const args = ['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'frame=best_effort_timestamp_time'];
  const printed = execFileSync(ffmpeg.ffprobePath, [...args, '-of', 'csv=p=0', path], {
    encoding: 'utf8',
    env,
  });
  // A frame's side data makes a line without a number.
  return printed.split('\n').map(Number.parseFloat).filter(Number.isFinite);
}

/** The mean brightness of each frame, 0–255. */
export function frameLumas(path: string): number[] {
  const printed = runFfmpegHere(
    ...['-i', path, '-map', '0:v:0', '-vf', 'scale=1:1:flags=area,format=gray'],
    ...[frameTiming, 'passthrough', '-f', 'rawvideo', '-'],
  );
  return [...printed];
}

/** The sound as samples from -1 to 1, mono, 48 kHz, from the file's time 0 on. */
export function samplesOf(path: string): Float32Array {
  const printed = runFfmpegHere(
    ...['-i', path, '-map', '0:a:0', '-af', 'aresample=48000:async=1:first_pts=0', '-ac', '1'],
    ...['-f', 'f32le', '-'],
  );
  return new Float32Array(printed.buffer.slice(printed.byteOffset, printed.byteOffset + printed.byteLength));
}

/** A byte source that remembers what was read of it. */
export function watched(source: ByteSource) {
  const reads: { start: number; end: number }[] = [];
  return {
    sizeBytes: source.sizeBytes,
    reads,
    read(start: number, end: number, signal: AbortSignal) {
      reads.push({ start, end });
      return source.read(start, end, signal);
    },
  };
}

/** How alike two clips are at `seconds`, in the lower half of the picture; 1 is the same. */
export function ssimBelow(path: string, otherPath: string, seconds: number): number {
  const one = (n: number) => `[${n}:v]trim=end_frame=1,setpts=0,crop=iw:ih/2:0:ih/2[v${n}]`;
  const printed = runFfmpegHere(
    ...[path, otherPath].flatMap((file) => ['-ss', String(seconds), '-i', file]),
    ...['-filter_complex', `${one(0)};${one(1)};[v0][v1]ssim=stats_file=-`, '-f', 'null', '-'],
  );
  return Number(/All:([\d.]+)/.exec(printed.toString())?.[1]);
}

/** Integrated loudness, LUFS. */
export function loudnessOf(path: string): number {
  const measured = 'ebur128=metadata=1,ametadata=print:key=lavfi.r128.I:file=-';
  const printed = runFfmpegHere('-i', path, '-map', '0:a:0', '-af', measured, '-f', 'null', '-').toString();
  return Number(
    printed
      .match(/r128\.I=([-\d.]+)/g)
      ?.at(-1)
      ?.split('=')[1],
  );
}
