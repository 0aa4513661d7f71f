import { describe, expect, it } from '@jest/globals';
import { formatLength, formatTime } from '../../core/segments/format-time.ts';
import { timeRange } from '../../core/segments/time-range.ts';

describe('timeRange', () => {
  it('rounds to the millisecond', () => {
    expect(timeRange(1.23449, 2.0006)).toEqual({ startSeconds: 1.234, endSeconds: 2.001 });
  });

  it.each([
    ['reversed', 10, 5],
    ['empty', 5, 5],
    ['empty once rounded', 5, 5.0001],
    ['negative', -1, 5],
    ['endless', 0, Number.POSITIVE_INFINITY],
    ['no number', Number.NaN, 5],
  ])('refuses a range that is %s', (_, inPoint, outPoint) => {
    expect(() => timeRange(inPoint, outPoint)).toThrow(RangeError);
  });
});

describe('formatTime', () => {
  it.each([
    [0, '0:00'],
    [7.99, '0:07'],
    [760, '12:40'],
    [3599.9, '59:59'],
    [3723, '1:02:03'],
  ])('shows %d s as %s', (seconds, shown) => {
    expect(formatTime(seconds)).toBe(shown);
  });
});

describe('formatLength', () => {
  it.each([
    [0.49, '0.4 s'],
    [11.04, '11 s'],
    [59.99, '59.9 s'],
    [60, '1 min'],
    [760, '12 min 40 s'],
    [3725, '1 h 2 min'],
  ])('says %d s as %s', (seconds, said) => {
    expect(formatLength(seconds)).toBe(said);
  });
});
