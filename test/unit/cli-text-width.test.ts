import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { progressBar } from '../../cli/show/progress-bar.ts';
import { fitted, padded, plain, textWidth } from '../../cli/show/text-width.ts';

const anyTitle = fc.string({ unit: fc.constantFrom('a', 'é', 'e\u0301', '東', '👍🏽', ' ', '–', 'ｗ') });

describe('text in a terminal', () => {
  it('counts columns, not characters', () => {
    expect(['abc', 'é', 'e\u0301', '東京', '👍🏽'].map(textWidth)).toEqual([3, 1, 1, 4, 2]);
  });

  it('fits, and is whole where there is room', () => {
    fc.assert(
      fc.property(anyTitle, fc.nat(60), (title, columns) => {
        expect(textWidth(fitted(title, columns))).toBeLessThanOrEqual(columns);
        expect(textWidth(padded(title, columns))).toBe(columns);
        expect(fitted(title, textWidth(title))).toBe(title);
      }),
    );
  });

  it('can’t steer the terminal, whatever a title says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (title) => {
        expect(plain(`\x1b[2J${title}\r\n\u202e`)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
    expect(plain('a\x1b]0;title\x07b')).toBe('a ]0;title b');
  });
});

describe('progressBar', () => {
  it('stays within any width, and tells the figure in all but the narrowest', () => {
    fc.assert(
      fc.property(anyTitle, fc.integer({ min: 12, max: 200 }), fc.nat(100), (detail, columns, percent) => {
        const bar = progressBar({ label: 'Read the recording', percent, state: 'running', detail }, columns);

        expect(textWidth(bar)).toBeLessThanOrEqual(columns);
        expect(bar).toContain(`${percent} %`);
      }),
    );
  });

  it.each([
    [
      120,
      'Upload                  ████████████░░░░░░░░░░░░   50 %  1:27 left · 38.2 MB/s · 2.25 GB of 4.50 GB',
    ],
    [79, 'Upload                  █████░░░░░   50 %  1:27 left · 38.2 MB/s · 2.25 GB of …'],
    [40, 'Upload                  █████░░░░   50 %'],
    [20, 'Upload          50 %'],
  ])('gives up first what tells least, at %i columns', (columns, line) => {
    const detail = '1:27 left · 38.2 MB/s · 2.25 GB of 4.50 GB';

    const bar = progressBar({ label: 'Upload', percent: 50, state: 'running', detail }, columns);

    expect(bar).toBe(line);
  });
});
