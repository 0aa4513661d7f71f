import type { Random } from '../../../eval/synthesis/random.ts';
import type { Spoil } from '../hostile-file.ts';

const packetBytes = 188;

/** Transport streams and Matroska files that are too many, too deep or too late (ISO/IEC 13818-1, RFC 9559). */
export const packets: Record<string, Spoil> = {
  ts_endless_pids: (_, random) =>
    Buffer.concat(
      Array.from({ length: random.oneOf([5000, 30_000]) }, (_, n) => packet((n * 7) % 0x1fff, random)),
    ),
  ts_random_packets: (_, random) =>
    Buffer.concat(Array.from({ length: 2000 }, () => packet(random.whole(0, 0x1fff), random))),
  ts_many_programs: (ground, random) =>
    Buffer.concat([...Array.from({ length: 200 }, (_, n) => programTable(n, random)), ground.base('ts')]),
  ts_clock_jumps: (ground, random) => {
    const bytes = ground.base('ts');
    for (let at = bytes.indexOf('000001', 0, 'hex'); at >= 0; at = bytes.indexOf('000001', at + 3, 'hex')) {
      const isStream = bytes[at + 3]! >= 0xc0 && bytes[at + 3]! <= 0xef;
      if (isStream && random.chance(0.3)) bytes.fill(random.whole(0, 255), at + 10, at + 14);
    }
    return bytes;
  },
  mkv_lengths: (ground, random) => {
    const bytes = ground.base('mkv');
    for (const id of ['18538067', '1f43b675', '1654ae6b', 'ae', '1549a966']) {
      const at = bytes.indexOf(id, 0, 'hex');
      if (at >= 0 && random.chance(0.4))
        bytes.fill(random.oneOf([0xff, 0x00, 0x7f]), at + id.length / 2, at + id.length / 2 + 4);
    }
    return bytes;
  },
  mkv_times: (ground, random) => {
    const bytes = ground.base('mkv');
    // Cluster timestamps, the timestamp scale, the duration.
    for (const id of ['e7', '2ad7b1', '4489']) {
      const at = bytes.indexOf(id, 0, 'hex');
      if (at >= 0)
        bytes.fill(random.oneOf([0xff, 0x00, 0x7f]), at + id.length / 2 + 1, at + id.length / 2 + 3);
    }
    return bytes;
  },
  mkv_huge_picture: (ground) => {
    const bytes = ground.base('mkv');
    for (const id of ['b0', 'ba']) {
      const at = bytes.indexOf(id, bytes.indexOf('e0', bytes.indexOf('1654ae6b', 0, 'hex'), 'hex'), 'hex');
      if (at >= 0) bytes.fill(0xff, at + 2, at + 2 + (bytes[at + 1]! & 0x0f));
    }
    return bytes;
  },
  mkv_nested: () => {
    let nested: Buffer = Buffer.alloc(0);
    for (let n = 0; n < 2000; n += 1) nested = element('ae', nested);
    return Buffer.concat([
      element('1a45dfa3', Buffer.from('4282886d6174726f736b61', 'hex')),
      element('18538067', element('1654ae6b', nested)),
    ]);
  },
  mkv_many_tracks: (_, random) => {
    const track = (n: number) => {
      const number = Buffer.from([n & 0x7f || 1]);
      const codec = element('86', Buffer.from('S_TEXT/UTF8'));
      return element('ae', Buffer.concat([element('d7', number), element('83', Buffer.from([0x11])), codec]));
    };
    const tracks = Buffer.concat(Array.from({ length: random.oneOf([100, 3000]) }, (_, n) => track(n)));
    return Buffer.concat([
      element('1a45dfa3', Buffer.from('4282886d6174726f736b61', 'hex')),
      element('18538067', element('1654ae6b', tracks)),
    ]);
  },
};

function packet(pid: number, random: Random): Buffer {
  const bytes = Buffer.alloc(packetBytes, random.whole(0, 255));
  bytes.writeUInt32BE(0x47400010 | (pid << 8), 0);
  // The start of a picture's stream.
  Buffer.from('000001e0000080800521000100010000', 'hex').copy(bytes, 4);
  return bytes;
}

/** A table of 40 programmes, each with a table of its own to wait for. */
function programTable(version: number, random: Random): Buffer {
  const bytes = Buffer.alloc(packetBytes, 0xff);
  bytes.writeUInt32BE(0x47400010 | (version & 0x0f), 0);
  Buffer.from('0000b0a90001c10000', 'hex').copy(bytes, 4);
  bytes[10] = 0xc1 | ((version & 0x1f) << 1);
  for (let n = 0; n < 40; n += 1)
    bytes.writeUInt32BE((n << 16) | 0xe000 | random.whole(32, 0x1ffe), 13 + 4 * n);
  return bytes;
}

/** An EBML element (RFC 8794), its length in eight bytes. */
function element(id: string, content: Buffer): Buffer {
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(content.length) | (1n << 56n));
  return Buffer.concat([Buffer.from(id, 'hex'), size, content]);
}
