import { describe, expect, it } from '@jest/globals';
import { presignRequest } from '../../lambdas/presign-upload/contract.ts';
import { listQuery } from '../../lambdas/read-jobs/contract.ts';
import { uppyPartNumber } from '../../lambdas/serve-uppy/contract.ts';
import { parse, parseJson } from '../../lambdas/shared/parse.ts';
import { toJson, toNumber } from '../../lambdas/shared/text-fields.ts';

describe('a number that comes as text', () => {
  it.each([
    ['5', 5],
    [' 5 ', 5],
    ['-1', -1],
    ['2.5', 2.5],
    [7, 7],
  ])('%j is %d', (given, number) => {
    expect(toNumber(given)).toBe(number);
  });

  it.each(['', ' ', '0x1', '0b1', '1e3', 'Infinity', '1_000', '٣', '1.', '\u00005'])(
    '%j is none, in a form, a query or a path',
    (text) => {
      expect(toNumber(text)).toBe(text);
      expect(() => parse(listQuery, { limit: text })).toThrow('Not valid: limit.');
      expect(() => parse(uppyPartNumber, { partNumber: text })).toThrow('Not valid: partNumber.');
    },
  );

  it('counts jobs and parts', () => {
    expect(parse(listQuery, { limit: '7' })).toEqual({ limit: 7 });
    expect(parse(listQuery, {})).toEqual({ limit: 20 });
    expect(parse(uppyPartNumber, { partNumber: '3' })).toEqual({ partNumber: 3 });
  });
});

describe('a number that is too large to be exact', () => {
  it('is refused in one breath', () => {
    const body = { filename: 'talk.mp4', file_size: 2 ** 53 };

    expect(() => parse(presignRequest, body)).toThrow(/^Not valid: file_size\.$/);
  });
});

describe('a text with half a character', () => {
  it('comes without it, in a body and in the JSON of a field', () => {
    const json = '{"title":"a\\ud800b","list":["\\udfff"]}';
    const whole = { title: 'a\ufffdb', list: ['\ufffd'] };

    expect([parseJson(json), toJson(json)]).toEqual([whole, whole]);
  });
});
