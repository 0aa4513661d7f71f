import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { finishedParts, planParts } from '../../cli/upload/plan-parts.ts';

const mib = 1024 ** 2;
const sizes = fc.tuple(
  fc.integer({ min: 1, max: 10_000 * mib }),
  fc.integer({ min: 5 * mib, max: 100 * mib }),
);

describe('planParts', () => {
  it('covers every byte of the file once, in order, with parts of the same size but the last', () => {
    fc.assert(
      fc.property(sizes, ([sizeBytes, partSizeBytes]) => {
        const parts = planParts(sizeBytes, partSizeBytes);

        expect(parts[0]!.start).toBe(0);
        expect(parts.at(-1)!.end).toBe(sizeBytes);
        parts.forEach(({ number, start, end }, index) => {
          expect(number).toBe(index + 1);
          expect(start).toBe(parts[index - 1]?.end ?? 0);
          expect(end).toBeGreaterThan(start);
          if (index < parts.length - 1) expect(end - start).toBe(partSizeBytes);
        });
      }),
    );
  });
});

describe('finishedParts', () => {
  it('counts only what is as long as it should be', () => {
    const parts = planParts(11, 5);
    const listed = [
      { part_number: 1, etag: 'a', size: 5 },
      { part_number: 2, etag: 'b', size: 4 },
      { part_number: 3, etag: 'c', size: 1 },
      { part_number: 4, etag: 'd', size: 5 },
    ];

    expect(finishedParts(parts, listed).map(({ etag }) => etag)).toEqual(['a', 'c']);
  });
});
