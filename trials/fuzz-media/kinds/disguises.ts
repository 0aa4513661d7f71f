import { deflateRawSync, gzipSync } from 'node:zlib';
import type { Random } from '../../../eval/synthesis/random.ts';
import type { Spoil } from '../hostile-file.ts';

/** Files that are no recordings at all, with a recording's name. */
export const disguises: Record<string, Spoil> = {
  empty: () => Buffer.alloc(0),
  one_byte: (_, random) => Buffer.from([random.whole(0, 255)]),
  zero_bytes: (_, random) => Buffer.alloc(random.whole(1, 300_000)),
  noise: (_, random) => noise(random, random.whole(1, 100_000)),
  text: (_, random) =>
    Buffer.from('Dear all, please find the recording attached.\n'.repeat(random.whole(1, 5000))),
  html: () => Buffer.from('<!doctype html><title>404</title><video src="file:///etc/passwd"></video>'),
  zip: () => {
    const content = deflateRawSync(Buffer.alloc(10_000_000));
    const head = Buffer.from('504b03041400000008000000000000000000', 'hex');
    return Buffer.concat([head, content]);
  },
  gzip: () => gzipSync(Buffer.alloc(10_000_000)),
  pdf: () => Buffer.from('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF'),
  svg: ({ bait }) =>
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg"><image href="file://${bait.textPath}"/><image href="${bait.mediaUrl}"/></svg>`,
    ),
  magic_then_noise: (_, random) => Buffer.concat([random.oneOf(magics), noise(random, 50_000)]),
  magic_then_zeros: (_, random) => Buffer.concat([random.oneOf(magics), Buffer.alloc(50_000)]),
  magic_alone: (_, random) => random.oneOf(magics),
};

/** How files of each container begin. */
const magics = [
  '\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2',
  '\x00\x00\x00\x08moov',
  '\x00\x00\x00\x01mdat\xff\xff\xff\xff\xff\xff\xff\xff',
  '\x1a\x45\xdf\xa3\x01\xff\xff\xff\xff\xff\xff\xff',
  'RIFF\xff\xff\xff\xffAVI LIST',
  'RIFF\xff\xff\xff\xffWAVEfmt \x10\x00\x00\x00\x01\x00\xff\xff',
  'FORM\xff\xff\xff\xffAIFFCOMM',
  'OggS\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00',
  'fLaC\x00\x00\x00\x22',
  'FLV\x01\x05\x00\x00\x00\x09',
  '\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c',
  '\x00\x00\x01\xba\x44\x00\x04\x00\x04\x01',
  'ID3\x04\x00\x00\x7f\x7f\x7f\x7f',
].map((text) => Buffer.from(text, 'latin1'));

function noise(random: Random, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => random.whole(0, 255)));
}
