import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { frameTiming, runFfmpegHere } from '../../../test/support/ffmpeg-here.ts';
import type { Spoil } from '../hostile-file.ts';

const tiny = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];
const picture = (lavfi: string) => ['-f', 'lavfi', '-i', lavfi];
const sound = ['-f', 'lavfi', '-i', 'sine=f=440:r=48000:d=4'];

/** Small files, sound as a bell, that are large, long or many once they are opened. */
const recipes: Record<string, { name: string; args: string[] }> = {
  png_bomb: {
    name: 'png.mov',
    args: [...picture('color=black:s=16000x16000,format=gray'), '-frames:v', '1', '-c:v', 'png'],
  },
  jpeg_bomb: {
    name: 'jpeg.mov',
    args: [...picture('color=black:s=12000x12000,format=yuvj420p'), '-frames:v', '1', '-c:v', 'mjpeg'],
  },
  largest_picture: {
    name: 'largest.mp4',
    args: [...picture('color=gray:s=8192x4320:r=1'), '-t', '3', ...tiny],
  },
  microsecond_frames: {
    name: 'microseconds.mp4',
    args: [
      ...picture('color=gray:s=16x16:r=1000000'),
      '-frames:v',
      '20000',
      ...tiny,
      '-video_track_timescale',
      '1000000',
    ],
  },
  frames_ten_hours_apart: {
    name: 'gap.mkv',
    args: [
      ...picture('color=gray:s=160x90:r=1'),
      '-frames:v',
      '3',
      '-vf',
      'setpts=N*36000/TB',
      frameTiming,
      'vfr',
      ...tiny,
    ],
  },
  sound_ten_hours_late: {
    name: 'late.mkv',
    args: [
      ...picture('color=gray:s=160x90:r=25:d=4'),
      '-itsoffset',
      '36000',
      ...sound,
      '-map',
      '0',
      '-map',
      '1',
      ...tiny,
    ],
  },
  two_days_of_stills: {
    name: 'days.mkv',
    args: [...picture('color=gray:s=16x16:r=1/3600'), '-frames:v', '48', ...tiny],
  },
  many_channels: {
    name: 'channels.wav',
    args: ['-f', 'lavfi', '-i', 'anoisesrc=d=3:r=8000', '-af', 'pan=22.2|FL=c0', '-c:a', 'pcm_s16le'],
  },
  changing_sizes: {
    name: 'sizes.ts',
    args: [
      ...picture(
        "color=gray:s=1280x720:r=25:d=3,scale=w='if(lt(n,40),160,1280)':h='if(lt(n,40),90,720)':eval=frame",
      ),
      ...['-c:v', 'mpeg2video', '-autoscale', '0'],
    ],
  },
  attachments: {
    name: 'attached.mkv',
    args: [
      ...picture('color=gray:s=160x90:r=25:d=4'),
      ...sound,
      ...tiny,
      '-attach',
      import.meta.filename,
      '-metadata:s:t',
      'mimetype=text/html',
    ],
  },
  sound_without_length: {
    name: 'endless.flac',
    args: ['-f', 'lavfi', '-i', 'anullsrc=r=8000:cl=mono', '-t', '3600'],
  },
};

export const bombs: Record<string, Spoil> = Object.fromEntries(
  Object.entries(recipes).map(([kind, { name, args }]) => [
    kind,
    ({ folder }) => {
      const path = join(folder, name);
      if (!existsSync(path)) runFfmpegHere(...args, path);
      return readFileSync(path);
    },
  ]),
);
