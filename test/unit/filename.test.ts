import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanFilename, contentDisposition, savedFilename } from '../../core/uploads/filename.ts';

describe('the name kept of a file', () => {
  it.each([
    ['talk.mp4', 'talk.mp4'],
    ['/etc/../talk.mp4', 'talk.mp4'],
    ['C:\\Videos\\talk.mp4', 'talk.mp4'],
    ['e\u0301te\u0301.mp4', 'été.mp4'],
    ['ta\u202Elk\u0000.mp4\r\n', 'talk.mp4'],
    ['  talk.mp4 ', 'talk.mp4'],
  ])('of %j is %j', (raw, kept) => {
    expect(cleanFilename(raw)).toBe(kept);
  });

  it.each(['', '/', '..', 'folder/', '\u202E', `${'ü'.repeat(126)}.mp4`])('of %j is none', (raw) => {
    expect(cleanFilename(raw)).toBeUndefined();
  });

  it('never holds a separator, a control or a bidi character, whatever is sent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (raw) => {
        const name = cleanFilename(raw);

        if (name === undefined) return;
        expect(name).not.toMatch(/[/\\\p{Cc}\p{Cf}\p{Cs}]/u);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
        expect(cleanFilename(name)).toBe(name);
      }),
    );
  });

  it('goes into a header in plain ASCII, and comes out whole', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }), (raw) => {
        const name = cleanFilename(raw);
        if (name === undefined) return;

        const header = contentDisposition(name);

        expect(header).toMatch(
          /^attachment; filename="[^"\\%]*"; filename\*=UTF-8''[A-Za-z0-9!#$&+^_`|~.%-]+$/,
        );
        expect(decodeURIComponent(header.split("UTF-8''")[1] ?? '')).toBe(name);
      }),
    );
  });
});

describe('the name that a clip is saved by', () => {
  it.each([
    ['0:10, a fluent passage', '0.10, a fluent passage.mp4'],
    ['1:02:03, part 2 of 3', '1.02.03, part 2 of 3.mp4'],
    ['Q&A: "why?" / AC\\DC', 'Q&A- -why- - AC-DC.mp4'],
    ['東京で – café', '東京で – café.mp4'],
    ['...hidden. ', 'hidden.mp4'],
    ['Con', '_Con.mp4'],
    ['\u202E', 'clip.mp4'],
  ])('of %j is %j', (title, saved) => {
    expect(savedFilename(title, '.mp4')).toBe(saved);
  });

  it('is taken by Windows, macOS and Linux, whatever the title', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (title) => {
        const name = savedFilename(title, '-vertical-blur.mp4');

        expect(name).not.toMatch(/[<>:"/\\|?*\p{Cc}\p{Cf}\p{Cs}]|^[. ]/u);
        expect(name).toMatch(/[^. ]-vertical-blur\.mp4$/);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
      }),
    );
  });
});
