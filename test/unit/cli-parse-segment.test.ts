import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BadUsage } from '../../cli/bad-usage.ts';
import { parseSegment, parseTime } from '../../cli/parse-segment.ts';

const milliseconds = fc.integer({ min: 0, max: 24 * 3600 * 1000 });

/** As people write a time: `1:02:03.250`. */
function written(ms: number): string {
  const [hours, minutes, seconds] = [
    Math.floor(ms / 3_600_000),
    Math.floor(ms / 60_000) % 60,
    (ms / 1000) % 60,
  ];
  const two = (number: number) => String(number).padStart(2, '0');
  return `${hours}:${two(minutes)}:${seconds.toFixed(3).padStart(6, '0')}`;
}

describe('parseTime', () => {
  it.each([
    ['80', 80],
    ['80.5', 80.5],
    ['1:20', 80],
    ['90:00', 5400],
    ['1:02:03.25', 3723.25],
    [' 0:05 ', 5],
  ])('reads %s', (text, seconds) => {
    expect(parseTime(text)).toBe(seconds);
  });

  it('reads back what was written, to the millisecond', () => {
    fc.assert(
      fc.property(milliseconds, (ms) => {
        expect(parseTime(written(ms))).toBe(ms / 1000);
        expect(parseTime(`${ms / 1000}`)).toBe(ms / 1000);
      }),
    );
  });

  it.each([
    '',
    ':',
    '1:',
    ':5',
    '1:60',
    '1:2:60',
    '1:60:00',
    '1:2:3:4',
    '1.5:00',
    '-5',
    '1e3',
    'soon',
    'NaN',
  ])('refuses “%s”', (text) => {
    expect(() => parseTime(text)).toThrow(BadUsage);
  });

  it('answers a time or BadUsage, whatever is typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9:.-]*$/)), (text) => {
        try {
          expect(parseTime(text)).toBeGreaterThanOrEqual(0);
        } catch (error) {
          expect(error).toBeInstanceOf(BadUsage);
        }
      }),
    );
  });
});

describe('parseSegment', () => {
  it('reads in point, out point and title', () => {
    expect(parseSegment('1:20-1:50=The joke')).toEqual({ start_time: 80, end_time: 110, title: 'The joke' });
  });

  it('leaves everything after the first = to the title', () => {
    expect(parseSegment('0-5=1-2=3').title).toBe('1-2=3');
  });

  it.each(['80-110', '80-110=', '80-110= ', '1:20 – 1:50'])('needs no title: %s', (text) => {
    expect(parseSegment(text)).toEqual({ start_time: 80, end_time: 110 });
  });

  it.each([
    ['80', 'START-END'],
    ['1-2-3', 'START-END'],
    ['1:50-1:20', 'ends before it starts'],
    ['5-5', 'ends before it starts'],
    ['5-5.5', '0.5 s long'],
    ['0-301', '301.0 s long'],
    ['a-b', 'is no time'],
  ])('refuses %s and says why', (text, why) => {
    expect(() => parseSegment(text)).toThrow(why);
  });
});
