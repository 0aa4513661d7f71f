import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compilePattern } from '../../local/events/event-pattern.ts';
import { parseRateMs } from '../../local/events/schedule-rate.ts';

const objectCreated = {
  source: 'aws.s3',
  'detail-type': 'Object Created',
  resources: ['arn:aws:s3:::uploads'],
  detail: { bucket: { name: 'uploads' }, object: { key: 'uploads/a/source.mp4', size: 1024 }, deleted: null },
};

describe('an event pattern', () => {
  it.each([
    { source: ['aws.s3'] },
    { source: ['aws.ec2', 'aws.s3'], 'detail-type': ['Object Created'] },
    { resources: ['arn:aws:s3:::uploads'] },
    {
      detail: {
        bucket: { name: ['uploads'] },
        object: { key: [{ prefix: 'inbox/' }, { prefix: 'uploads/' }] },
      },
    },
    { detail: { object: { key: [{ suffix: '.mp4' }] } } },
    { detail: { object: { key: [{ suffix: { 'equals-ignore-case': '.MP4' } }] } } },
    { detail: { object: { key: [{ wildcard: 'uploads/*/source.*' }] } } },
    { detail: { object: { size: [{ numeric: ['>', 0, '<=', 1024] }] } } },
    { detail: { bucket: { name: [{ 'anything-but': ['clips'] }] } } },
    { detail: { bucket: { name: [{ 'anything-but': { prefix: 'clips' } }] } } },
    { detail: { bucket: { name: [{ 'equals-ignore-case': 'UPLOADS' }] } } },
    { detail: { reason: [{ exists: false }], object: { key: [{ exists: true }] } } },
    { detail: { deleted: [null] } },
    { $or: [{ source: ['aws.ec2'] }, { 'detail-type': ['Object Created'] }] },
  ])('takes an event that fits: %j', (pattern) => {
    expect(compilePattern(pattern)(objectCreated)).toBe(true);
  });

  it.each([
    { source: ['aws.ec2'] },
    { source: ['aws.s3'], 'detail-type': ['Object Deleted'] },
    { detail: { object: { key: [{ prefix: 'inbox/' }] } } },
    { detail: { object: { size: [{ numeric: ['>', 1024] }] } } },
    { detail: { object: { size: ['1024'] } } },
    { detail: { bucket: { name: [{ 'anything-but': 'uploads' }] } } },
    { detail: { reason: [{ 'anything-but': 'x' }] } },
    { detail: { object: { key: [{ exists: false }] } } },
    { detail: { missing: { deeper: ['x'] } } },
    { detail: { object: { key: [{ wildcard: 'uploads/*/*.mov' }] } } },
    { $or: [{ source: ['aws.ec2'] }, { source: ['aws.sqs'] }] },
  ])('leaves an event that does not: %j', (pattern) => {
    expect(compilePattern(pattern)(objectCreated)).toBe(false);
  });

  it.each([
    { source: [{ cidr: '10.0.0.0/8' }] },
    { source: [{ prefix: 'a', suffix: 'b' }] },
    { source: [{ prefix: 5 }] },
    { detail: { size: [{ numeric: ['~', 5] }] } },
    { source: 'aws.s3' },
    {},
  ])('is refused if it is not understood: %j', (pattern) => {
    expect(() => compilePattern(pattern)).toThrow();
  });

  it('matches wildcards as a regular expression would', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 12 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*'), maxLength: 8 });

    fc.assert(
      fc.property(text, pattern, (value, wildcard) => {
        const expected = new RegExp(`^${wildcard.replaceAll('*', '.*')}$`).test(value);
        expect(compilePattern({ value: [{ wildcard }] })({ value })).toBe(expected);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the rate of a schedule', () => {
  it.each([
    ['rate(1 minute)', 60_000],
    ['rate(5 minutes)', 300_000],
    ['rate(2 hours)', 7_200_000],
    ['rate(1 day)', 86_400_000],
  ])('%s', (expression, ms) => {
    expect(parseRateMs(expression)).toBe(ms);
  });

  it.each(['cron(0 12 * * ? *)', 'rate(0 minutes)', 'rate(5 seconds)', ''])('%s is refused', (expression) => {
    expect(() => parseRateMs(expression)).toThrow();
  });
});
