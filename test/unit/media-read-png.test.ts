import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readPng, UnusablePng } from '../../core/media/picture/read-png.ts';
import { aChunk, aPng } from '../support/pngs.ts';

const plain = aPng(3, 2);
const palette = Buffer.from([255, 0, 0, 0, 255, 0]);

/** As many bytes as the rows of a picture take: one for the filter and then the pixels. */
const rows = (...lengths: number[]) => Buffer.concat(lengths.map((length) => Buffer.alloc(length + 1)));

describe('a PNG', () => {
  it('is its size and its pixels, and stays as it is where there is nothing else in it', () => {
    expect(readPng(plain)).toEqual({ widthPixels: 3, heightPixels: 2, png: plain });
  });

  it.each([
    ['grey in bits', aPng(9, 2, { bits: 1, colourType: 0, rows: rows(2, 2) })],
    ['grey with transparency, 16 bits', aPng(2, 2, { bits: 16, colourType: 4, rows: rows(8, 8) })],
    [
      'of a palette',
      aPng(2, 1, { bits: 4, colourType: 3, rows: rows(1), extra: { before: aChunk('PLTE', palette) } }),
    ],
    // Three columns and two rows: the first pass has a pixel, the fourth one, the sixth one, the seventh three.
    ['interlaced', aPng(3, 2, { interlaced: true, rows: rows(4, 4, 4, 12) })],
    ['in several pieces', Buffer.concat([plain.subarray(0, 33), aChunk('IDAT'), plain.subarray(33)])],
  ])('may be %s', (_what, png) => {
    expect(readPng(readPng(png).png).png).toEqual(readPng(png).png);
  });

  it('loses what is no picture: texts, profiles, frames of an animation, what follows its end', () => {
    const before = Buffer.concat(
      ['tEXt', 'zTXt', 'iTXt', 'iCCP', 'eXIf', 'acTL', 'fcTL', 'fdAT', 'ABCD'].map((type) =>
        aChunk(type, Buffer.from('secret')),
      ),
    );

    const { png } = readPng(aPng(3, 2, { extra: { before, after: Buffer.from('#EXTM3U') } }));

    expect(png).toEqual(plain);
  });

  it.each([
    ['no PNG', Buffer.from('GIF89a'), /not a PNG/],
    ['nothing', Buffer.alloc(0), /not a PNG/],
    ['cut off', plain.subarray(0, -20), /damaged/],
    ['altered', Buffer.from(plain).fill(7, 20, 21), /damaged/],
    ['too large', aPng(2049, 1), /At most 2048 × 2048 pixels\. This one has 2049 × 1\./],
    ['larger than any number', aPng(2 ** 32 - 1, 1, { rows: rows(4) }), /4294967295 × 1/],
    ['without extent', aPng(0, 1, { rows: rows(0) }), /damaged/],
    ['of a colour that there is not', aPng(1, 1, { colourType: 5 }), /damaged/],
    ['of bits that there are not', aPng(1, 1, { bits: 3 }), /damaged/],
    ['of a palette without one', aPng(1, 1, { colourType: 3, rows: rows(1) }), /damaged/],
    ['compressed in a way that there is not', aPng(1, 1, { compression: 9 }), /damaged/],
    ['filtered by a method that there is not', aPng(1, 1, { filtering: 9 }), /damaged/],
    ['shorter than it says', aPng(3, 2, { rows: rows(12) }), /damaged/],
    ['far longer than it says', aPng(1, 1, { rows: Buffer.alloc(30_000_000) }), /damaged/],
    ['filtered in a way that there is not', aPng(1, 1, { rows: Buffer.from([5, 0, 0, 0, 0]) }), /damaged/],
    ['without pixels', Buffer.concat([plain.subarray(0, 33), aChunk('IEND')]), /damaged/],
    ['without a header', Buffer.concat([plain.subarray(0, 8), plain.subarray(33)]), /damaged/],
    ['with two pictures', Buffer.concat([plain.subarray(0, -12), plain.subarray(8)]), /damaged/],
  ])('is refused that is %s', (_what, bytes, why) => {
    expect(() => readPng(bytes)).toThrow(UnusablePng);
    expect(() => readPng(bytes)).toThrow(why);
  });

  it('is taken or refused, whatever it is; never anything else', () => {
    const broken = fc
      .tuple(fc.nat(plain.length - 1), fc.nat(255), fc.boolean())
      .map(([at, byte, cut]) => (cut ? plain.subarray(0, at) : Buffer.from(plain).fill(byte, at, at + 1)));
    const chunks = fc
      .array(
        fc.tuple(
          fc.constantFrom('IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND', 'zzzz'),
          fc.uint8Array({ maxLength: 20 }),
        ),
      )
      .map((all) =>
        Buffer.concat([plain.subarray(0, 33), ...all.map(([type, content]) => aChunk(type, content))]),
      );

    fc.assert(
      fc.property(fc.oneof(broken, chunks, fc.uint8Array()), (bytes) => {
        try {
          readPng(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(UnusablePng);
        }
      }),
      { numRuns: 500 },
    );
  });
});
