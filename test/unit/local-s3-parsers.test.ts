import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseRange } from '../../local/s3/http/byte-range.ts';
import { parseXml } from '../../local/s3/http/parse-xml.ts';
import { xmlDocument } from '../../local/s3/http/xml.ts';
import { checkForm, parsePolicy } from '../../local/s3/post/post-policy.ts';

describe('a Range', () => {
  const content = (sizeBytes: number) => Array.from({ length: sizeBytes }, (_, index) => index);
  const cut = (header: string, sizeBytes: number) => {
    const range = parseRange(header, sizeBytes);
    return range && content(sizeBytes).slice(range.start, range.end);
  };
  const size = fc.integer({ min: 0, max: 40 });
  const position = fc.integer({ min: 0, max: 60 });

  it('is what slice would cut out, or 416 if that is nothing', () => {
    fc.assert(
      fc.property(size, position, position, (sizeBytes, first, length) => {
        const cuts: [string, number[]][] = [
          [`bytes=${first}-`, content(sizeBytes).slice(first)],
          [`bytes=${first}-${first + length}`, content(sizeBytes).slice(first, first + length + 1)],
          [`bytes=-${length}`, length === 0 ? [] : content(sizeBytes).slice(-length)],
        ];

        for (const [header, expected] of cuts) {
          if (expected.length) expect(cut(header, sizeBytes)).toEqual(expected);
          else
            expect(() => cut(header, sizeBytes)).toThrow(expect.objectContaining({ name: 'InvalidRange' }));
        }
      }),
    );
  });

  it.each(['', 'bytes=', 'bytes=-', 'bytes=5-2', 'bytes=0-1,3-4', 'bytes=a-b', 'items=0-1', 'bytes=0-1x'])(
    'is ignored if it is none: %s',
    (header) => {
      expect(parseRange(header, 10)).toBeUndefined();
    },
  );
});

describe('XML', () => {
  // What XML 1.0 can hold: no control characters but tab, newline and carriage return.
  const text = fc.string({ unit: 'binary' }).filter((some) => !/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/u.test(some));

  it('comes back as it was written', () => {
    fc.assert(
      fc.property(fc.array(text), (texts) => {
        const { name, children } = parseXml(xmlDocument('List', { Entry: texts }));

        expect(name).toBe('List');
        expect(children.map((child) => child.text)).toEqual(texts);
      }),
    );
  });

  it('is parsed in time that does not explode, whatever is sent', () => {
    const piece = fc.constantFrom(
      '<a>',
      '</a>',
      '<a',
      ' b="c"',
      '/>',
      '<!--',
      '-->',
      '&lt;',
      '&',
      '<?xml ',
      '?>',
      'x',
      ' ',
      '<![CDATA[',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        try {
          parseXml(pieces.join(''));
        } catch (error) {
          expect(error).toMatchObject({ name: 'MalformedXML' });
        }
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['text alone', 'text'],
    ['two roots', '<a/><a/>'],
    ['text after the root', '<a/>x'],
    ['crossed elements', '<a><b></a></b>'],
    ['an unknown entity', '<a>&e;</a>'],
    ['a bare ampersand', '<a>&</a>'],
    ['a character beyond Unicode', '<a>&#x110000;</a>'],
    ['a document type', '<!DOCTYPE a><a/>'],
    ['endless depth', '<a>'.repeat(20) + '</a>'.repeat(20)],
  ])('is refused with %s', (_, document) => {
    expect(() => parseXml(document)).toThrow(expect.objectContaining({ name: 'MalformedXML' }));
  });
});

describe('a POST policy', () => {
  const expiration = '2030-01-01T00:00:00.000Z';
  const nowMs = Date.parse('2029-12-31T23:00:00Z');
  const encode = (document: unknown) => Buffer.from(JSON.stringify(document)).toString('base64');
  const name = fc
    .stringMatching(/^[a-z][a-z-]{0,8}$/)
    .filter((one) => !['file', 'policy', 'bucket'].includes(one));
  const form = fc
    .dictionary(name, fc.string(), { noNullPrototype: true })
    .map((fields) => new Map(Object.entries(fields)));
  const verdict = (conditions: unknown[], fields: ReadonlyMap<string, string>) => {
    try {
      checkForm(parsePolicy(encode({ expiration, conditions })), fields, nowMs);
      return 'allowed';
    } catch (error) {
      return (error as Error).message;
    }
  };
  const exact = (fields: ReadonlyMap<string, string>) =>
    [...fields].map(([field, value]) => ({ [field]: value }));

  it('allows the very form that it was made for, by every kind of condition', () => {
    fc.assert(
      fc.property(form, fc.nat(20), (fields, cut) => {
        const equal = [...fields].map(([field, value]) => ['eq', `$${field}`, value]);
        const begins = [...fields].map(([field, value]) => [
          'starts-with',
          `$${field}`,
          field === 'content-type' ? '' : value.slice(0, cut),
        ]);

        expect(verdict(exact(fields), fields)).toBe('allowed');
        expect(verdict(equal, fields)).toBe('allowed');
        expect(verdict(begins, fields)).toBe('allowed');
      }),
    );
  });

  it('allows no other value, no field more and none less', () => {
    fc.assert(
      fc.property(form, name, fc.string({ minLength: 1 }), (fields, field, value) => {
        const pinned = new Map(fields).set(field, value);
        const changed = new Map(pinned).set(field, `${value}x`);
        const less = new Map([...pinned].filter(([other]) => other !== field));
        const more = new Map(pinned).set(`${field}-more-than-nine`, value);

        expect(verdict(exact(pinned), changed)).toMatch(
          /^Invalid according to Policy: Policy Condition failed: /,
        );
        expect(verdict(exact(pinned), less)).toMatch(
          /^Invalid according to Policy: Policy Condition failed: /,
        );
        expect(verdict(exact(pinned), more)).toMatch(/^Invalid according to Policy: Extra input fields: /);
      }),
    );
  });

  it('takes the narrowest of its length ranges', () => {
    const conditions = [
      ['content-length-range', 1, 100],
      ['content-length-range', '10', '1000'],
    ];

    expect(parsePolicy(encode({ expiration, conditions })).sizeBytes).toEqual({ min: 10, max: 100 });
  });

  it.each([
    ['no JSON', 'x'],
    ['no object', encode([])],
    ['no expiration', encode({ conditions: [] })],
    ['an expiration without a time zone', encode({ expiration: '2030-01-01T00:00:00', conditions: [] })],
    ['no conditions', encode({ expiration })],
    ['a condition on two fields', encode({ expiration, conditions: [{ a: 'b', c: 'd' }] })],
    ['a condition of two words', encode({ expiration, conditions: [['eq', '$key']] })],
    ['a field without its dollar', encode({ expiration, conditions: [['eq', 'key', 'a']] })],
    ['an unknown operator', encode({ expiration, conditions: [['matches', '$key', 'a']] })],
    ['a value that is no text', encode({ expiration, conditions: [{ key: 5 }] })],
    ['a length that is no number', encode({ expiration, conditions: [['content-length-range', -1, 'x']] })],
  ])('is refused with %s', (_, base64) => {
    expect(() => parsePolicy(base64)).toThrow(expect.objectContaining({ name: 'InvalidPolicyDocument' }));
  });
});
