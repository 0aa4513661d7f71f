import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { uploadText } from '../../cli/show/upload-text.ts';
import { speedometer } from '../../cli/upload/speedometer.ts';
import { counted, uploadMeter } from '../../cli/upload/upload-meter.ts';

const looks = fc.array(fc.record({ ms: fc.integer({ min: 200, max: 60_000 }), bytes: fc.nat(1e9) }), {
  minLength: 1,
});

describe('speedometer', () => {
  it('stays between the slowest and the fastest that was seen', () => {
    fc.assert(
      fc.property(looks, (steps) => {
        const meter = speedometer(0);
        const speeds = steps.map(({ ms, bytes }) => (bytes / ms) * 1000);
        let [atMs, sentBytes] = [0, 0];

        const told = steps.map(({ ms, bytes }) => {
          sentBytes += bytes;
          atMs += ms;
          return meter.observe(sentBytes, atMs);
        });

        expect(told.at(-1)).toBeGreaterThanOrEqual(Math.min(...speeds) * 0.999);
        expect(told.at(-1)).toBeLessThanOrEqual(Math.max(...speeds) * 1.001);
      }),
    );
  });

  it('tells nothing at first, and forgets an older speed within half a minute', () => {
    const meter = speedometer(0);

    const first = meter.observe(0, 10);
    for (let second = 1; second <= 60; second += 1) meter.observe(second * 1e6, second * 1000);
    const before = meter.observe(60e6, 60_000);
    for (let second = 61; second <= 90; second += 1) meter.observe(60e6, second * 1000);
    const after = meter.observe(60e6, 90_000);

    expect(first).toBeUndefined();
    expect(before).toBeCloseTo(1e6);
    expect(after).toBeLessThan(0.05e6);
  });
});

describe('uploadMeter', () => {
  it('takes back what was sent of a part that failed, and counts nothing for speed that was there before', async () => {
    let ms = 0;
    const meter = uploadMeter(100, 40, () => ms);
    const broken = counted(meter, async (onSent) => {
      onSent(30);
      throw new Error('reset');
    });
    await expect(broken).rejects.toThrow('reset');
    meter.addRetry();
    await counted(meter, async (onSent) => onSent(20));
    ms = 1000;

    expect(meter.progress()).toEqual({ totalBytes: 100, sentBytes: 60, retries: 1, bytesPerSecond: 20 });
  });
});

describe('uploadText', () => {
  const half = { totalBytes: 4.5e9, sentBytes: 1.2e9, retries: 0 };

  it.each([
    [half, '1.20 GB of 4.50 GB'],
    [{ ...half, bytesPerSecond: 38.2e6 }, '1:27 left · 38.2 MB/s · 1.20 GB of 4.50 GB'],
    [
      { ...half, bytesPerSecond: 38.2e6, retries: 2 },
      '1:27 left · 38.2 MB/s · 1.20 GB of 4.50 GB · 2 retries',
    ],
    [{ ...half, bytesPerSecond: 0.1 }, 'waiting for the network · 1.20 GB of 4.50 GB'],
    [{ ...half, sentBytes: 4.5e9, bytesPerSecond: 1e6, retries: 1 }, '4.50 GB · 1 retry'],
  ])('tells of %j what is known', (progress, text) => {
    expect(uploadText(progress)).toBe(text);
  });
});
