import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matchesArn, matchesWildcard } from '../../local/iam/wildcard.ts';

/** The definition itself, read off letter by letter; far too slow for anything but a test. */
function oracle(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  const [first, rest] = [pattern[0], pattern.slice(1)];
  if (first === '*') return oracle(rest, text) || (text !== '' && oracle(pattern, text.slice(1)));
  return text !== '' && (first === '?' || first === text[0]) && oracle(rest, text.slice(1));
}

const letters = (alphabet: string, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...alphabet), maxLength });

describe('wildcards', () => {
  it('fit exactly what their definition says', () => {
    fc.assert(
      fc.property(letters('ab*?', 8), letters('ab', 10), (pattern, text) => {
        expect(matchesWildcard(pattern, text)).toBe(oracle(pattern, text));
      }),
      { numRuns: 2000 },
    );
  });

  it('take every other character literally', () => {
    expect(matchesWildcard('a.c', 'abc')).toBe(false);
    expect(matchesWildcard('[ab]', 'a')).toBe(false);
    expect(matchesWildcard('a?c', 'a*c')).toBe(true);
  });

  it('do not blow up on many stars', () => {
    expect(matchesWildcard(`${'*a'.repeat(200)}b`, 'a'.repeat(2000))).toBe(false);
  });
});

describe('ARNs', () => {
  it.each([
    ['*', 'arn:aws:s3:::uploads/a', true],
    ['arn:aws:s3:::uploads/*', 'arn:aws:s3:::uploads/a/b:c', true],
    ['arn:aws:s3:::uploads/*', 'arn:aws:s3:::uploads', false],
    ['arn:aws:s3:::uploads*', 'arn:aws:s3:::uploads-of-others/a', true],
    ['arn:aws:events:us-east-1:*:rule/x', 'arn:aws:events:us-east-1:000000000000:rule/x', true],
    ['arn:aws:lambda:*:function:x', 'arn:aws:lambda:us-east-1:000000000000:function:x', false],
  ])('compare part by part: %s and %s', (pattern, arn, expected) => {
    expect(matchesArn(pattern, arn)).toBe(expected);
  });

  it('keep a star within its part', () => {
    const part = letters('ab', 3);
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 6, maxLength: 6 }),
        fc.nat(4),
        part,
        (parts, position, more) => {
          const pattern = parts.with(position, '*').join(':');

          expect(matchesArn(pattern, parts.join(':'))).toBe(true);
          expect(matchesArn(pattern, parts.with(position, `${more}:${more}`).join(':'))).toBe(false);
        },
      ),
    );
  });
});
