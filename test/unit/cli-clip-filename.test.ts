import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { clipFilename } from '../../cli/download/clip-filename.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 300 });

describe('clipFilename', () => {
  it('tells the recording, the place and the title', () => {
    expect(clipFilename('/home/me/My Talk.mp4', 2, 3, '0:10, a fluent passage')).toBe(
      'my-talk-2-0.10-a-fluent-passage',
    );
    expect(clipFilename('v1.2.final.mp4', 1, 3, '1:02:03, part 1: applause')).toBe(
      'v1.2-final-1-1.02.03-part-1-applause',
    );
  });

  it('sorts as the clips do', () => {
    expect(clipFilename('talk.mp4', 2, 12, 'Two')).toBe('talk-02-two');
  });

  it('keeps letters of any script', () => {
    expect(clipFilename('été.mp4', 1, 1, 'Café – 東京で')).toBe('été-1-café-東京で');
  });

  it('does with names without any', () => {
    expect(clipFilename('...', 1, 1, '../..')).toBe('1');
  });

  it('is a safe name, whatever the title and the recording', () => {
    fc.assert(
      fc.property(anyText, anyText, (file, title) => {
        const name = clipFilename(file, 7, 50, title);

        expect(name).toMatch(/^[\p{L}\p{M}\p{N}.-]*07(-[\p{L}\p{M}\p{N}.-]+)?$/u);
        expect(name).not.toMatch(/(?<!\d)\.|\.(?!\d)/);
        expect(Buffer.byteLength(`${name}.mp4.part`)).toBeLessThanOrEqual(255);
      }),
    );
  });
});
