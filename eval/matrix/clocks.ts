import { frameTiming } from './reference.ts';
import { copyFrom } from './turn.ts';
import { aac, h264, type Variant } from './variant.ts';

const x264 = h264.slice(0, 6);

/** What can be odd about time. */
export const clocks: Variant[] = [
  {
    name: 'variable rate',
    file: 'vfr.mp4',
    pictureFilters: "select='not(mod(n+1,3)*gt(n,45))+eq(mod(n,30),12)'",
    options: [...h264, ...aac, frameTiming, 'vfr'],
  },
  {
    name: 'cut without re-encoding, by an edit list',
    file: 'edits.mp4',
    options: [...h264, ...aac],
    remux: copyFrom(1),
  },
  { name: 'one keyframe only', file: 'gop.mp4', options: [...x264, '-g', '9999', '-bf', '3', ...aac] },
  {
    name: 'open GOPs',
    file: 'open.ts',
    options: [...x264, '-preset', 'fast', '-g', '30', '-x264-params', 'open-gop=1:bframes=3', ...aac],
  },
  {
    name: 'MPEG-TS from ten hours on',
    file: 'late.ts',
    options: [...h264, ...aac, '-output_ts_offset', '36000'],
  },
  {
    name: 'Matroska from 100 s on',
    file: 'late.mkv',
    options: [...h264, ...aac, '-output_ts_offset', '100'],
  },
  {
    name: 'sound begins late',
    file: 'late-sound.mp4',
    soundFilters: 'atrim=start=2',
    options: [...h264, ...aac],
    pairs: 1,
  },
  {
    name: 'sound begins late, Matroska',
    file: 'late-sound.mkv',
    soundFilters: 'atrim=start=2',
    options: [...h264, ...aac],
    pairs: 1,
  },
  {
    name: 'sound ends early',
    file: 'short-sound.mp4',
    soundFilters: 'atrim=end=2',
    options: [...h264, ...aac],
    pairs: 1,
  },
  {
    name: 'sound over before the clip',
    file: 'over.mp4',
    soundFilters: 'atrim=end=0.3',
    sound: 'silence',
    options: [...h264, ...aac],
  },
  {
    name: 'picture begins late',
    file: 'late-picture.mp4',
    pictureFilters: 'trim=start=0.7',
    options: [...h264, ...aac],
  },
];
