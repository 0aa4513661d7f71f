import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { clipFilename } from '../../local/demo/clip-filename.ts';

describe('clipFilename', () => {
  it('tells the place and the title', () => {
    expect(clipFilename(2, 3, '0:10, a fluent passage')).toBe('2-0-10-a-fluent-passage');
  });

  it('sorts as the clips do', () => {
    expect(clipFilename(2, 12, 'Two')).toBe('02-two');
  });

  it('keeps letters of any script', () => {
    expect(clipFilename(1, 1, 'Café – 東京で')).toBe('1-café-東京で');
  });

  it('does with a title without any', () => {
    expect(clipFilename(1, 1, '../..')).toBe('1');
  });

  it('is a safe name, whatever the title', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (title) => {
        const name = clipFilename(7, 50, title);

        expect(name).toMatch(/^07(-[\p{L}\p{M}\p{N}-]+)?$/u);
        expect(Buffer.byteLength(`${name}.mp4.part`)).toBeLessThanOrEqual(255);
      }),
    );
  });
});
