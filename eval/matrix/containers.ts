import { aac, h264, type Variant, wmaDelaySeconds } from './variant.ts';

const mpeg2 = ['-c:v', 'mpeg2video', '-q:v', '3', '-c:a', 'mp2', '-b:a', '192k'];

/** Each container with the codecs that are met in it. */
export const containers: Variant[] = [
  { name: 'MP4', file: 'a.mp4', options: [...h264, ...aac] },
  { name: 'MP4, index in front', file: 'b.mp4', options: [...h264, ...aac, '-movflags', '+faststart'] },
  {
    name: 'MP4, fragmented',
    file: 'c.mp4',
    options: [...h264, ...aac, '-movflags', '+frag_keyframe+empty_moov'],
  },
  {
    name: 'MP4, HEVC',
    file: 'd.mp4',
    options: ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=0', ...aac],
  },
  { name: 'MOV, PCM', file: 'e.mov', options: [...h264, '-c:a', 'pcm_s16le'] },
  { name: 'MOV, ProRes', file: 'f.mov', options: ['-c:v', 'prores', '-c:a', 'pcm_s24le'] },
  { name: 'Matroska', file: 'g.mkv', options: [...h264, ...aac] },
  { name: 'Matroska, Opus', file: 'h.mkv', options: [...h264, '-c:a', 'libopus'] },
  { name: 'Matroska, FFV1 and FLAC', file: 'i.mkv', options: ['-c:v', 'ffv1', '-c:a', 'flac'] },
  {
    name: 'WebM, VP8 and Vorbis',
    file: 'j.webm',
    options: ['-c:v', 'libvpx', '-b:v', '1M', '-deadline', 'realtime', '-c:a', 'libvorbis'],
  },
  {
    name: 'WebM, VP9 and Opus',
    file: 'k.webm',
    options: [
      '-c:v',
      'libvpx-vp9',
      '-b:v',
      '1M',
      '-deadline',
      'realtime',
      '-cpu-used',
      '8',
      '-c:a',
      'libopus',
    ],
  },
  { name: 'MPEG-TS', file: 'l.ts', options: [...h264, ...aac] },
  { name: 'MPEG-TS, MPEG-2', file: 'm.ts', options: mpeg2 },
  { name: 'MPEG-PS', file: 'n.mpg', options: mpeg2 },
  {
    name: 'AVI, MPEG-4 and PCM',
    file: 'o.avi',
    options: ['-c:v', 'mpeg4', '-q:v', '3', '-c:a', 'pcm_s16le'],
  },
  {
    name: 'AVI, Motion JPEG',
    file: 'p.avi',
    options: ['-c:v', 'mjpeg', '-q:v', '3', '-pix_fmt', 'yuvj420p', '-c:a', 'pcm_s16le'],
  },
  { name: 'FLV', file: 'q.flv', options: [...h264, ...aac, '-ar', '44100'] },
  {
    name: 'WMV',
    file: 'r.wmv',
    delaySeconds: wmaDelaySeconds,
    options: ['-c:v', 'wmv2', '-q:v', '3', '-c:a', 'wmav2'],
  },
  {
    name: 'Ogg, Theora and Vorbis',
    file: 's.ogv',
    // Its encoder leaves out frames that are like the last.
    pictureFilters: 'noise=alls=6:allf=t',
    options: ['-c:v', 'libtheora', '-q:v', '7', '-c:a', 'libvorbis'],
  },
  {
    name: '3GP',
    file: 't.3gp',
    size: [352, 288],
    options: ['-c:v', 'h263', '-q:v', '3', ...aac, '-ac', '1'],
  },
];
