import { deflateSync } from 'node:zlib';
import type { Spoil } from '../hostile-file.ts';
import { box, boxesAt, changeBoxes, replaceBox, words } from './boxes.ts';

const bomb = 0x7fffffff;

/** MP4 files whose tables lie (ISO/IEC 14496-12). The index is at the end, so that offsets into the data stay true. */
export const lyingMp4: Record<string, Spoil> = {
  box_length_lies: (ground, random) => {
    const bytes = ground.base('mp4');
    const type = random.oneOf([
      'moov',
      'trak',
      'mdia',
      'minf',
      'stbl',
      'stsd',
      'stsz',
      'mdat',
      'avcC',
      'esds',
    ]);
    const length = random.oneOf([0, 1, 7, 9, 0xffffffff, bomb, bytes.length * 2]);
    return changeBoxes(bytes, type, (one) => one.writeUInt32BE(length, 0));
  },
  count_lies: (ground, random) => {
    const type = random.oneOf(['stsz', 'stco', 'stsc', 'stts', 'ctts', 'stss', 'elst', 'stsd']);
    const count = random.oneOf([0, 0xffffffff, 0x10000000, 100_000]);
    return changeBoxes(ground.base('mp4'), type, (one) =>
      one.writeUInt32BE(count, type === 'stsz' ? 16 : 12),
    );
  },
  huge_picture: (ground, random) => {
    const bytes = ground.base('mp4');
    const [width, height] = random.oneOf([
      [0xffff, 0xffff],
      [16_000, 16_000],
      [0, 0],
      [1, 0xffff],
      [8192, 4320],
    ] as const);
    changeBoxes(bytes, 'tkhd', (one) => {
      one.writeUInt32BE((width << 16) >>> 0, 84);
      one.writeUInt32BE((height << 16) >>> 0, 88);
    });
    return changeBoxes(bytes, 'avc1', (one) => {
      if (one.length < 86) return;
      one.writeUInt16BE(width, 32);
      one.writeUInt16BE(height, 34);
    });
  },
  endless_duration: (ground, random) => {
    const bytes = ground.base('mp4');
    const length = random.oneOf([0xffffffff, bomb, 0, 3600 * 23 * 1000]);
    changeBoxes(bytes, 'mvhd', (one) => one.writeUInt32BE(length, 24));
    changeBoxes(bytes, 'tkhd', (one) => one.writeUInt32BE(length, 28));
    return changeBoxes(bytes, 'mdhd', (one) => one.writeUInt32BE(length, 24));
  },
  absurd_timescale: (ground, random) => {
    const bytes = ground.base('mp4');
    const scale = random.oneOf([0, 1, 0xffffffff, 1_000_000, bomb]);
    return changeBoxes(bytes, random.oneOf(['mdhd', 'mvhd']), (one) => one.writeUInt32BE(scale, 20));
  },
  microsecond_frames: (ground) => {
    const bytes = ground.base('mp4');
    changeBoxes(bytes, 'mdhd', (one) => one.writeUInt32BE(1_000_000, 20));
    return changeBoxes(bytes, 'stts', (one) => one.writeUInt32BE(1, 20));
  },
  frames_hours_apart: (ground, random) => {
    const bytes = ground.base('mp4');
    const ticks = random.oneOf([12_800 * 3600, bomb, 0xffffffff, 12_800 * 600]);
    return changeBoxes(bytes, 'stts', (one) => one.writeUInt32BE(ticks, 20));
  },
  frames_backwards: (ground) => changeBoxes(ground.base('mp4'), 'stts', (one) => one.writeInt32BE(-512, 20)),
  many_frames_from_one: (ground) => {
    const count = 2_000_000;
    const bytes = ground.base('mp4');
    changeBoxes(bytes, 'stts', (one) => one.writeUInt32BE(count, 16));
    return replaceBox(
      bytes,
      ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsz'],
      box('stsz', words(0, 1, count)),
    );
  },
  edit_loop: (ground, random) => {
    const edits = random.oneOf([1000, 20_000]);
    const loop = Array.from({ length: edits }, (_, n) => words(1000, n % 2 === 0 ? 0 : 20_000, 0x10000));
    return replaceBox(
      ground.base('mp4'),
      ['moov', 'trak', 'edts', 'elst'],
      box('elst', words(0, edits), ...loop),
    );
  },
  edit_lies: (ground, random) => {
    const edit = words(
      random.oneOf([0, bomb, 0xffffffff]),
      random.oneOf([bomb, 0x80000000, -2]),
      random.oneOf([0, 0x10000, -1]),
    );
    return replaceBox(ground.base('mp4'), ['moov', 'trak', 'edts', 'elst'], box('elst', words(0, 1), edit));
  },
  nested_boxes: (_, random) => {
    let nested = box('free');
    const depth = random.oneOf([100, 3000]);
    const type = random.oneOf(['moov', 'trak', 'mdia', 'udta', 'meta']);
    for (let n = 0; n < depth; n += 1) nested = box(type, nested);
    return Buffer.concat([box('ftyp', 'isom', words(512), 'isom'), nested]);
  },
  many_tracks: (ground, random) => {
    const bytes = ground.base('mp4');
    const [moov] = boxesAt(bytes, 'moov');
    const [trak] = boxesAt(bytes, 'trak');
    const track = bytes.subarray(trak, trak! + bytes.readUInt32BE(trak!));
    const copies = Array.from({ length: random.oneOf([70, 1200]) }, () => track);
    const index = box('moov', bytes.subarray(moov! + 8, moov! + bytes.readUInt32BE(moov!)), ...copies);
    return Buffer.concat([bytes.subarray(0, moov), index]);
  },
  compressed_index: (ground, random) => {
    const bytes = ground.base('mp4');
    const [moov] = boxesAt(bytes, 'moov');
    const index = bytes.subarray(moov!, moov! + bytes.readUInt32BE(moov!));
    const unpacked = random.chance(0.5) ? index : Buffer.concat([index, Buffer.alloc(50_000_000)]);
    const claimed = random.oneOf([unpacked.length, bomb, 0, 16]);
    const packed = box('cmov', box('dcom', 'zlib'), box('cmvd', words(claimed), deflateSync(unpacked)));
    return Buffer.concat([bytes.subarray(0, moov), box('moov', packed)]);
  },
  wrong_codec: (ground, random) => {
    const type = random.oneOf([
      'hvc1',
      'png ',
      'tiff',
      'mjp2',
      'rle ',
      'raw ',
      'av01',
      'vp09',
      'SVQ3',
      'drmi',
      'text',
    ]);
    return changeBoxes(ground.base('mp4'), 'avc1', (one) => one.write(type, 4, 'latin1'));
  },
  wrong_sound_codec: (ground, random) => {
    const type = random.oneOf([
      'alac',
      '.mp3',
      'twos',
      'ima4',
      'samr',
      'Opus',
      'fLaC',
      'ac-3',
      'QDM2',
      'drms',
    ]);
    return changeBoxes(ground.base('mp4'), 'mp4a', (one) => one.write(type, 4, 'latin1'));
  },
  absurd_sound: (ground, random) =>
    changeBoxes(ground.base('mov'), random.oneOf(['sowt', 'lpcm']), (one) => {
      if (one.length < 36) return;
      one.writeUInt16BE(random.oneOf([0, 1, 64, 0xffff]), 24);
      one.writeUInt32BE(random.oneOf([0, 0xffffffff, 1 << 16, 0x7fff << 16]), 32);
    }),
};
