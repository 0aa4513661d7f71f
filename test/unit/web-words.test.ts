import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { permanentFailures } from '../../core/failures.ts';
import { jobStatuses } from '../../core/jobs/job.ts';
import { formatSize, formatTimeLeft } from '../../web/format.ts';
import { partSizeBytes } from '../../web/part-size.ts';
import { ApiProblem, isTransient } from '../../web/problem.ts';
import { speedometer } from '../../web/speed.ts';
import { statusWords, wordsOfError } from '../../web/words.ts';

describe('the words of the page', () => {
  it('know every status that a job can have', () => {
    expect(Object.keys(statusWords).sort()).toEqual([...jobStatuses].sort());
  });

  it('tell each failure of a recording from the others', () => {
    const codes = Object.values(permanentFailures).map((Failure) => new Failure('').code);

    const titles = codes
      .filter((code) => code !== 'stale_attempt')
      .map((code) => wordsOfError(code, true).title);

    expect(new Set(titles).size).toBe(titles.length);
    expect(titles).not.toContain(wordsOfError('internal_error', true).title);
  });

  it('send nobody to a button that is not there', () => {
    expect(wordsOfError('clips_failed', true).remedy).toMatch(/^Try again/);
    expect(wordsOfError('clips_failed', false).remedy).toBe('Upload it again.');
    expect(wordsOfError('a_code_of_tomorrow', false).remedy).toBe('Upload it again.');
  });

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [3_022_780, '3.0 MB'],
    [4_500_000_000, '4.5 GB'],
    [107_374_182_400, '107 GB'],
  ])('%d bytes are %s', (bytes, words) => {
    expect(formatSize(bytes)).toBe(words);
  });

  it.each([
    [2, 'a few seconds left'],
    [37, '40 s left'],
    [58, '1 min left'],
    [61, '1 min left'],
    [3900, '1 h 5 min left'],
  ])('%d seconds to go are %s', (seconds, words) => {
    expect(formatTimeLeft(seconds)).toBe(words);
  });
});

describe('uploading', () => {
  it('cuts any file of up to 100 GiB into at most 10,000 parts of whole MiB', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 * 1024 ** 3 }), (sizeBytes) => {
        const partBytes = partSizeBytes(sizeBytes);

        expect(partBytes % 1024 ** 2).toBe(0);
        expect(partBytes).toBeGreaterThanOrEqual(16 * 1024 ** 2);
        expect(Math.ceil(sizeBytes / partBytes)).toBeLessThanOrEqual(10_000);
      }),
    );
  });

  it('measures its speed, and starts afresh where the count falls', () => {
    const speed = speedometer();

    const first = speed.measure(0, 0);
    const steady = [1, 2, 3].map((second) => speed.measure(second * 1000, second));
    const afterFall = speed.measure(500, 4);

    expect(first).toBeUndefined();
    expect(steady).toEqual([1000, 1000, 1000]);
    expect(afterFall).toBeUndefined();
  });

  it.each([
    [503, 'internal-error', true],
    [429, 'http-429', true],
    [429, 'daily-bytes-exceeded', false],
    [404, 'job-not-found', false],
    [422, 'validation-failed', false],
  ])('an answer of %d, %s, is worth another try: %s', (status, code, transient) => {
    const problem = new ApiProblem({ status, code, title: '', detail: '', errors: [] });

    expect(isTransient(problem)).toBe(transient);
    expect(isTransient(new TypeError('Failed to fetch'))).toBe(true);
  });
});
