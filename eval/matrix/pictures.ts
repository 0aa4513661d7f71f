import { setMatrix, turnedBy } from './turn.ts';
import { aac, h264, type Variant } from './variant.ts';

const tenBit = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p10le', '-g', '45'];
const hdr = (transfer: string) => [
  ...tenBit,
  ...['-x264-params', `colorprim=bt2020:transfer=${transfer}:colormatrix=bt2020nc`],
  ...['-color_primaries', 'bt2020', '-color_trc', transfer, '-colorspace', 'bt2020nc', ...aac],
];
const tagged = (colours: string) => [
  '-color_primaries',
  colours,
  '-color_trc',
  colours,
  '-colorspace',
  colours,
];
const rated = (rate: string, clipRate = rate): Variant => ({
  name: `${rate} frames a second`,
  file: `rate-${rate.replace('/', '-')}.mp4`,
  ...{ rate, clipRate, options: [...h264, ...aac] },
});

/** What can be odd about pictures. */
export const pictures: Variant[] = [
  {
    name: 'turned 90°',
    file: 'r90.mp4',
    size: [180, 320],
    pictureFilters: 'transpose=cclock',
    options: [...h264, ...aac],
    remux: turnedBy(90),
  },
  {
    name: 'turned 180°',
    file: 'r180.mp4',
    pictureFilters: 'hflip,vflip',
    options: [...h264, ...aac],
    remux: turnedBy(180),
  },
  {
    name: 'turned 270°',
    file: 'r270.mov',
    size: [180, 320],
    pictureFilters: 'transpose=clock',
    options: [...h264, ...aac],
    remux: turnedBy(270),
  },
  {
    name: 'mirrored',
    file: 'mirrored.mp4',
    pictureFilters: 'hflip',
    options: [...h264, ...aac],
    remux: setMatrix(-1, 0, 0, 1),
  },
  {
    name: 'upside down',
    file: 'flipped.mp4',
    pictureFilters: 'vflip',
    options: [...h264, ...aac],
    remux: setMatrix(1, 0, 0, -1),
  },
  {
    name: 'mirrored and turned',
    file: 'transposed.mp4',
    size: [180, 320],
    pictureFilters: 'transpose=cclock,hflip',
    options: [...h264, ...aac],
    remux: setMatrix(0, -1, -1, 0),
  },
  {
    name: 'odd sides',
    file: 'odd.mkv',
    size: [321, 181],
    clipSize: [320, 180],
    pictureFilters: 'format=yuv444p',
    options: [...h264.slice(0, 4), '-pix_fmt', 'yuv444p', ...aac],
  },
  { name: 'upright', file: 'upright.mp4', size: [180, 320], options: [...h264, ...aac] },
  { name: 'square', file: 'square.mp4', size: [240, 240], options: [...h264, ...aac] },
  { name: 'very wide', file: 'wide.mp4', size: [640, 120], options: [...h264, ...aac] },
  { name: 'tiny', file: 'tiny.mp4', size: [64, 48], options: [...h264, ...aac] },
  {
    name: 'larger than UHD',
    file: 'large.mp4',
    size: [4096, 2160],
    clipSize: [3840, 2024],
    rate: '12',
    options: [...h264, ...aac],
  },
  {
    name: 'anamorphic',
    file: 'anamorphic.mp4',
    size: [640, 360],
    pictureFilters: 'scale=480:360,setsar=4/3',
    options: [...h264, ...aac],
  },
  {
    name: 'PAL, interlaced',
    file: 'pal.mpg',
    size: [720, 576],
    rate: '25',
    clipSize: [768, 576],
    pictureFilters: 'fps=50,interlace=lowpass=0,setsar=16/15',
    options: ['-c:v', 'mpeg2video', '-flags', '+ildct+ilme', '-top', '1', '-q:v', '3', '-c:a', 'mp2'],
  },
  { name: '10 bit', file: 'ten.mp4', options: [...tenBit, ...aac] },
  {
    name: '4:2:2, 10 bit, HEVC',
    file: 'ten.mkv',
    options: [
      '-c:v',
      'libx265',
      '-preset',
      'ultrafast',
      '-x265-params',
      'log-level=0',
      '-pix_fmt',
      'yuv422p10le',
      ...aac,
    ],
  },
  { name: 'HDR, PQ', file: 'pq.mkv', options: hdr('smpte2084') },
  { name: 'HDR, HLG', file: 'hlg.mkv', options: hdr('arib-std-b67') },
  { name: 'BT.601', file: 'sd.mp4', options: [...h264, ...tagged('smpte170m'), ...aac] },
  { name: 'BT.709', file: 'hd.mp4', options: [...h264, ...tagged('bt709'), ...aac] },
  { name: 'full range', file: 'full.mp4', options: [...h264.slice(0, 4), '-pix_fmt', 'yuvj420p', ...aac] },
  rated('24000/1001'),
  rated('25'),
  rated('30000/1001'),
  rated('60'),
  rated('120', '60'),
  rated('12'),
];
