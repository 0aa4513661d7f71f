import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findSilences } from '../../core/media/analysis/find-silences.ts';
import { readFrameProgress, readPosition } from '../../core/media/ffmpeg/read-progress.ts';
import { createTail } from '../../core/media/ffmpeg/stderr-tail.ts';
import { flacSeconds } from '../../core/media/probe/flac-seconds.ts';

const step = 0.05;

/** Levels for a list of [decibels, seconds]. */
const levels = (...parts: [decibels: number, seconds: number][]) =>
  parts.flatMap(([decibels, seconds]) => Array.from({ length: Math.round(seconds / step) }, () => decibels));

describe('pauses', () => {
  it('are quiet relative to the recording: the same talk, loud or soft, clean or noisy, has the same', () => {
    const talk = (noise: number, voice: number) =>
      findSilences(levels([voice, 2], [noise, 0.5], [voice, 3], [noise, 1], [voice, 2]), step).map(
        ({ startSeconds }) => startSeconds.toFixed(2),
      );

    expect(talk(-70, -20)).toEqual(['2.00', '5.50']);
    expect(talk(-45, -15)).toEqual(['2.00', '5.50']);
    expect(talk(-55, -35)).toEqual(['2.00', '5.50']);
  });

  it('are no breaths', () => {
    expect(findSilences(levels([-20, 2], [-60, 0.2], [-20, 2]), step)).toEqual([]);
  });

  it('are not found in steady sound', () => {
    expect(findSilences(levels([-20, 2], [-24, 1], [-20, 2]), step)).toEqual([]);
  });

  it('are in order, apart, inside the recording, whatever it sounds like', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -120, max: 0, noNaN: true })), (values) => {
        let last = -1;
        for (const { startSeconds, endSeconds } of findSilences(values, step)) {
          expect(startSeconds).toBeGreaterThan(last);
          expect(endSeconds).toBeGreaterThan(startSeconds);
          last = endSeconds;
        }
        expect(last).toBeLessThanOrEqual(values.length * step);
      }),
    );
  });
});

describe('what ffmpeg prints', () => {
  it('tells the position, by its old name and its new one', () => {
    const positions: number[] = [];
    const read = readPosition((seconds) => positions.push(seconds));

    read('out_time_ms=N/A\nout_time_ms=1500000\nout_time=00:00:02.5\nout_time_us=2500000\nprogress=end\n');

    expect(positions).toEqual([1.5, 2.5]);
  });

  it("tells a clip's progress by its frames, though its sound is done at once", () => {
    const shares: number[] = [];
    const read = readFrameProgress(200, (share) => shares.push(share));

    read('frame=0\nout_time_us=9000000\nframe=101\nframe= 101\nframe=150\nframe=201\nprogress=end\n');

    expect(shares).toEqual([0.5, 0.75, 1]);
  });

  it('is kept to its end, without what is said at every window', () => {
    const tail = createTail();

    tail.add('[http @ 0x1] Stream ends prematurely at 65536, should be 1000000\n');
    tail.add(`${'x'.repeat(10_000)}\nmoov atom not found\n`);

    expect(tail.text()).toMatch(/^x+\nmoov atom not found$/);
    expect(tail.text().length).toBeLessThanOrEqual(4000);
  });
});

describe('the head of a FLAC file', () => {
  it('tells its length', () => {
    const head = Buffer.alloc(26);
    head.writeBigUInt64BE((16_000n << 44n) | (15n << 36n) | 40_000n, 18);

    expect(flacSeconds(head)).toBe(2.5);
    expect(flacSeconds(Buffer.alloc(26))).toBeUndefined();
    expect(flacSeconds(Buffer.alloc(3))).toBeUndefined();
  });
});
