import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { clipSize } from '../../core/media/clip/clip-size.ts';
import { clipSpan } from '../../core/media/clip/clip-span.ts';
import { chooseFrameRate, clipRate, formatRate } from '../../core/media/probe/frame-rate.ts';
import type { SourceFacts, VideoFacts } from '../../core/media/types.ts';

const videoFacts: VideoFacts = {
  ...{ streamIndex: 0, codec: 'h264', widthPixels: 1920, heightPixels: 1080, pixelAspect: 1 },
  ...{ rotationDegrees: 0, framesPerSecond: 30, interlaced: false, highDynamicRange: false },
};

describe('the frame rate of a clip', () => {
  it.each([
    ['constant', 30, 30, 30],
    ['NTSC', 30_000 / 1001, 30_000 / 1001, 30_000 / 1001],
    ['a frame dropped here and there', 29.2, 30, 30],
    ['interlaced, counted in fields', 25, 50, 25],
    ['each frame stamped as it came', 29.4, 90_000, 30_000 / 1001],
    ['slow motion', 240, 240, 60],
    ['a slide a second', 1, 1, 1],
  ])('%s', (_, average, base, expected) => {
    expect(chooseFrameRate(average, base)).toBeCloseTo(expected, 6);
  });

  it('is told to ffmpeg as the fraction that it is', () => {
    expect(formatRate(30_000 / 1001)).toBe('30000/1001');
    expect(formatRate(25)).toBe('25');
    expect(formatRate(12.5)).toBe('12.5');
    expect(formatRate(0.2)).toBe('0.2');
  });

  it('is at least ten, each frame of the source beginning with one of the clip', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 60, noNaN: true }), (sourceRate) => {
        const rate = clipRate(sourceRate);

        expect(rate).toBeGreaterThanOrEqual(Math.max(sourceRate, 10 - 1e-9));
        expect(rate / sourceRate).toBeCloseTo(Math.round(rate / sourceRate), 6);
      }),
    );
  });
});

describe('the size of a clip', () => {
  it('is even, upright, with square pixels, and no larger than UHD', () => {
    const sides = fc.integer({ min: 1, max: 8192 });
    fc.assert(
      fc.property(
        sides,
        sides,
        fc.constantFrom(0, 90, 180, 270),
        (widthPixels, heightPixels, rotationDegrees) => {
          const size = clipSize({ ...videoFacts, widthPixels, heightPixels, rotationDegrees });

          expect([size.widthPixels % 2, size.heightPixels % 2]).toEqual([0, 0]);
          expect(Math.min(size.widthPixels, size.heightPixels)).toBeGreaterThanOrEqual(2);
          expect(Math.max(size.widthPixels, size.heightPixels)).toBeLessThanOrEqual(3840);
        },
      ),
    );
    expect(clipSize({ ...videoFacts, rotationDegrees: 90 })).toEqual({
      widthPixels: 1080,
      heightPixels: 1920,
    });
    expect(clipSize({ ...videoFacts, widthPixels: 720, heightPixels: 576, pixelAspect: 16 / 15 })).toEqual({
      widthPixels: 768,
      heightPixels: 576,
    });
  });
});

describe('the span of a clip', () => {
  const facts: SourceFacts = {
    ...{ kind: 'video', demuxer: 'mov', durationSeconds: 600, clockStartSeconds: 0 },
    video: videoFacts,
  };

  it('is the range, to half a frame, and never off by more than a twentieth of a second', () => {
    const times = fc.double({ min: 0, max: 300, noNaN: true });
    fc.assert(
      fc.property(
        times,
        times,
        fc.constantFrom(0.05, 1, 12.5, 24, 30_000 / 1001, 60),
        (startSeconds, length, rate) => {
          const source = { ...facts, video: { ...videoFacts, framesPerSecond: rate } };
          const endSeconds = startSeconds + 1 + length;

          const span = clipSpan(source, { startSeconds, endSeconds });

          expect(Math.abs(span.durationSeconds - (1 + length))).toBeLessThanOrEqual(
            Math.min(0.5 / rate, 0.05) + 1e-9,
          );
          expect(span.seekSeconds ?? 0).toBeLessThan(span.inSeconds);
        },
      ),
    );
  });

  it('is sought far enough back where there is no index of keyframes', () => {
    const range = { startSeconds: 100, endSeconds: 110 };

    const transport = clipSpan({ ...facts, demuxer: 'mpegts', clockStartSeconds: 1.4 }, range);
    const atStart = clipSpan({ ...facts, demuxer: 'mpegts' }, { startSeconds: 5, endSeconds: 10 });

    expect(transport.seekSeconds).toBeCloseTo(91.4, 2);
    expect(atStart.seekSeconds).toBeUndefined();
  });
});
