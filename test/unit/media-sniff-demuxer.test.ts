import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { firstFrameOffset, hasLengthNote } from '../../core/media/probe/mp3-length.ts';
import { headBytes, sniffDemuxer } from '../../core/media/probe/sniff-demuxer.ts';

const latin1 = (text: string) => Buffer.from(text.padEnd(64, '\0'), 'latin1');

/** MPEG-1 layer III frames of 128 kb/s at 44.1 kHz, without padding: 417 bytes each. */
const mp3Frames = (count: number) =>
  Buffer.concat(
    Array.from({ length: count }, () =>
      Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0]), Buffer.alloc(413)]),
    ),
  );

const adtsFrames = (count: number) =>
  Buffer.concat(
    Array.from({ length: count }, () =>
      Buffer.concat([
        Buffer.from([0xff, 0xf1, 0x50, 0x80, 200 >> 3, (200 & 7) << 5, 0xfc]),
        Buffer.alloc(193),
      ]),
    ),
  );

const transportPackets = (length: number, offset: number) => {
  const bytes = Buffer.alloc(length * 5);
  for (let packet = 0; packet < 5; packet += 1) bytes[packet * length + offset] = 0x47;
  return bytes;
};

describe('the first bytes of a file', () => {
  it.each([
    ['MP4', latin1('\0\0\0\x20ftypisom'), 'mov'],
    ['an iPhone video', latin1('\0\0\0\x14ftypqt  '), 'mov'],
    ['an old MOV', latin1('\0\0\x10\x00moov'), 'mov'],
    ['Matroska', latin1('\x1aE\xdf\xa3'), 'matroska'],
    ['AVI', latin1('RIFF\x10\x00\x00\x00AVI LIST'), 'avi'],
    ['WAV', latin1('RIFF\x10\x00\x00\x00WAVEfmt '), 'wav'],
    ['WAV of more than 4 GB', latin1('RF64\xff\xff\xff\xffWAVEds64'), 'wav'],
    ['AIFF', latin1('FORM\x00\x00\x10\x00AIFFCOMM'), 'aiff'],
    ['Ogg', latin1('OggS\x00\x02'), 'ogg'],
    ['FLAC', latin1('fLaC\x00\x00\x00\x22'), 'flac'],
    ['FLV', latin1('FLV\x01\x05'), 'flv'],
    ['WMV', latin1('\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9'), 'asf'],
    ['an MPEG program stream', latin1('\x00\x00\x01\xba\x44'), 'mpeg'],
    ['an MPEG transport stream', transportPackets(188, 0), 'mpegts'],
    ['a camcorder transport stream', transportPackets(192, 4), 'mpegts'],
    ['MP3 with tags', latin1('ID3\x04\x00'), 'mp3'],
    ['MP3 without tags', mp3Frames(3), 'mp3'],
    ['AAC', adtsFrames(3), 'aac'],
    ['a photo of a phone', latin1('\0\0\0\x18ftypheic'), undefined],
    ['a playlist', latin1('#EXTM3U\n'), undefined],
    ['a list of files', latin1('ffconcat version 1.0'), undefined],
    ['a ZIP archive', latin1('PK\x03\x04'), undefined],
    ['a JPEG', latin1('\xff\xd8\xff\xe0\x00\x10JFIF'), undefined],
    ['UTF-16 text', latin1('\xff\xfeh\x00i\x00'), undefined],
    ['a single MP3 sync', mp3Frames(1), undefined],
  ] as const)('of %s', (_, head, demuxer) => {
    expect(sniffDemuxer(head)).toBe(demuxer);
  });

  it('that are text never name a demuxer but for a magic word', () => {
    const magic = /^(FLV|fLaC|OggS|ID3|FORM|RIFF|RF64|.{4}(ftyp|moov|mdat|wide|free|skip|pnot))/s;
    fc.assert(
      fc.property(
        fc.string({ maxLength: headBytes }).filter((text) => !magic.test(text)),
        (text) => {
          expect(sniffDemuxer(Buffer.from(text))).toBeUndefined();
        },
      ),
    );
  });

  it('may be anything, and any number, without harm', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (head) => {
        expect(() => sniffDemuxer(head)).not.toThrow();
      }),
    );
  });

  it('are looked at where they are in a larger buffer', () => {
    const inside = Buffer.concat([Buffer.alloc(7), latin1('\0\0\x10\x00moov')]).subarray(7);

    expect(sniffDemuxer(new Uint8Array(inside.buffer, inside.byteOffset, inside.length))).toBe('mov');
  });
});

describe('the first frame of an MP3', () => {
  it('comes after the tag with its title and cover', () => {
    const tagged = Buffer.from([...Buffer.from('ID3'), 4, 0, 0, 0, 0, 2, 1]);

    expect(firstFrameOffset(tagged)).toBe(10 + 257);
    expect(firstFrameOffset(mp3Frames(1))).toBe(0);
  });

  it('may hold a note of the length', () => {
    const noted = Buffer.concat([mp3Frames(1).subarray(0, 36), Buffer.from('Xing'), Buffer.alloc(100)]);

    expect(hasLengthNote(noted)).toBe(true);
    expect(hasLengthNote(mp3Frames(1))).toBe(false);
  });
});
