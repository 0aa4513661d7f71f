import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { limits } from '../../core/limits.ts';
import { partBytesOf, planParts, smallestPartBytes } from '../../core/uploads/part-plan.ts';

const MIB = 1024 ** 2;
const { partBytes, parts: mostParts, sourceBytes } = limits.multipart;

const sizes = fc.oneof(
  fc.integer({ min: 1, max: 100 * MIB }),
  fc.integer({ min: 1, max: sourceBytes }),
  fc.constantFrom(
    1,
    partBytes.min,
    16 * MIB,
    16 * MIB + 1,
    10_000 * 16 * MIB,
    10_000 * 16 * MIB + 1,
    sourceBytes,
  ),
);

describe('cutting a file into parts', () => {
  it('takes 16 MiB each, more where 10,000 of these would not do', () => {
    expect(planParts(33 * MIB)).toEqual({ partSizeBytes: 16 * MIB, numParts: 3 });
    expect(planParts(10_000 * 16 * MIB)).toEqual({ partSizeBytes: 16 * MIB, numParts: 10_000 });
    expect(planParts(10_000 * 16 * MIB + 1)).toEqual({ partSizeBytes: 17 * MIB, numParts: 9412 });
  });

  it('covers the file exactly, in parts that S3 takes', () => {
    fc.assert(
      fc.property(
        sizes,
        fc.option(fc.integer({ min: 0, max: 64 * MIB }), { nil: undefined }),
        (size, more) => {
          const plan = planParts(size, more === undefined ? undefined : smallestPartBytes(size) + more);

          const last = partBytesOf(plan, size, plan.numParts);
          expect(plan.numParts).toBeLessThanOrEqual(mostParts);
          expect(plan.partSizeBytes).toBeGreaterThanOrEqual(partBytes.min);
          expect(last).toBeGreaterThanOrEqual(1);
          expect(last).toBeLessThanOrEqual(plan.partSizeBytes);
          if (plan.numParts > 1) expect(partBytesOf(plan, size, 1)).toBe(plan.partSizeBytes);
          expect((plan.numParts - 1) * plan.partSizeBytes + last).toBe(size);
        },
      ),
    );
  });

  it.each([
    ['too small for S3', MIB, 5 * MIB - 1],
    ['so small that there would be too many', 100 * 1024 ** 3, 5 * MIB],
    ['too large for S3', MIB, 5 * 1024 ** 3 + 1],
  ])('is refused in parts %s, naming the sizes that will do', (_what, sizeBytes, wished) => {
    expect(() => planParts(sizeBytes, wished)).toThrow(
      expect.objectContaining({
        code: 'validation-failed',
        errors: [{ field: 'part_size', message: expect.stringMatching(/^For this file from \d+ to \d+/) }],
      }),
    );
  });
});
