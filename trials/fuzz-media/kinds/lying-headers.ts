import type { Spoil } from '../hostile-file.ts';

/** Recordings of sound, and older containers, whose headers lie. */
export const lyingHeaders: Record<string, Spoil> = {
  wav_sizes: (ground, random) => {
    const bytes = ground.base('wav');
    bytes.writeUInt32LE(random.oneOf([0, 0xffffffff, 100]), 4);
    bytes.writeUInt32LE(random.oneOf([0, 0xffffffff, 0x7fffffff]), bytes.indexOf('data') + 4);
    return bytes;
  },
  wav_format: (ground, random) => {
    const bytes = ground.base('wav');
    const format = bytes.indexOf('fmt ') + 8;
    bytes.writeUInt16LE(random.oneOf([0, 1, 2, 3, 0x11, 0x55, 0xfffe, 0xffff]), format);
    bytes.writeUInt16LE(random.oneOf([0, 1, 255, 0xffff]), format + 2);
    bytes.writeUInt32LE(random.oneOf([0, 1, 48_000, 0xffffffff, 0x7fffffff]), format + 4);
    bytes.writeUInt16LE(random.oneOf([0, 1, 8, 64, 0xffff]), format + 14);
    return bytes;
  },
  aiff_format: (ground, random) => {
    const bytes = ground.base('aiff');
    const common = bytes.indexOf('COMM') + 8;
    bytes.writeUInt16BE(random.oneOf([0, 1, 0xffff]), common);
    bytes.writeUInt32BE(random.oneOf([0, 0xffffffff, 1]), common + 2);
    bytes.fill(random.oneOf([0, 0xff, 0x40]), common + 8, common + 18);
    return bytes;
  },
  flac_info: (ground, random) => {
    const bytes = ground.base('flac');
    for (let n = 0; n < 6; n += 1) bytes[random.whole(8, 41)] = random.oneOf([0, 0xff, 0x7f]);
    return bytes;
  },
  flac_length: (ground) => {
    const bytes = ground.base('flac');
    bytes[21]! |= 0x0f;
    return bytes.fill(0xff, 22, 26);
  },
  mp3_tag: (ground, random) => {
    const tag = Buffer.from('ID3\x04\x00\x00', 'latin1');
    const size = Buffer.from(random.oneOf(['7f7f7f7f', '00000000', '0000007f', 'ffffffff']), 'hex');
    return Buffer.concat([tag, size, ground.base('mp3')]);
  },
  mp3_tags_without_end: () =>
    Buffer.concat(
      Array.from({ length: 20_000 }, () => Buffer.from('ID3\x04\x00\x00\x00\x00\x00\x00', 'latin1')),
    ),
  ogg_chain: (ground, random) =>
    Buffer.concat(Array.from({ length: random.oneOf([3, 60]) }, () => ground.base('ogg'))),
  ogg_times: (ground, random) => {
    const bytes = ground.base('ogg');
    for (let at = bytes.indexOf('OggS'); at >= 0; at = bytes.indexOf('OggS', at + 4)) {
      if (random.chance(0.5)) bytes.writeBigInt64LE(random.oneOf([-1n, 0n, 2n ** 62n, -(2n ** 63n)]), at + 6);
    }
    return bytes;
  },
  ogg_new_streams: (ground) => {
    const bytes = ground.base('ogg');
    let serial = 0;
    for (let at = bytes.indexOf('OggS'); at >= 0; at = bytes.indexOf('OggS', at + 4)) {
      serial += 1;
      bytes.writeUInt32LE(serial, at + 14);
    }
    return bytes;
  },
  avi_header: (ground, random) => {
    const bytes = ground.base('avi');
    const header = bytes.indexOf(random.oneOf(['avih', 'strh', 'strf'])) + 8;
    for (let n = 0; n < 4; n += 1) {
      bytes.writeUInt32LE(random.oneOf([0, 1, 0xffffffff, 0x7fffffff]), header + 4 * random.whole(0, 9));
    }
    return bytes;
  },
  flv_times: (ground, random) => {
    const bytes = ground.base('flv');
    let at = 13;
    while (at + 11 < bytes.length) {
      if (random.chance(0.2)) bytes.writeUIntBE(random.oneOf([0, 0xffffff, 0x7fffff]), at + 4, 3);
      at += 15 + bytes.readUIntBE(at + 1, 3);
    }
    return bytes;
  },
};
