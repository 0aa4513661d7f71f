import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Fit } from '../../core/media/clip/clip-look.ts';
import { createFrameClock } from '../../core/media/clip/frame-clock.ts';
import { colourTags, toClipColours } from '../../core/media/picture/clip-colours.ts';
import { largestInside, shapeFilters } from '../../core/media/picture/shape-filters.ts';
import { choosePoster } from '../../core/media/poster/choose-poster.ts';
import { readOrientation } from '../../core/media/probe/orientation.ts';
import { findLevelling } from '../../core/media/sound/find-levelling.ts';
import { levellingFilters, planLevelling } from '../../core/media/sound/level-sound.ts';
import { createLevels } from '../../core/media/sound/measure-levels.ts';
import type { VideoFacts } from '../../core/media/types.ts';

const video: VideoFacts = {
  ...{ streamIndex: 0, codec: 'h264', widthPixels: 1920, heightPixels: 1080, pixelAspect: 1 },
  ...{ rotationDegrees: 0, framesPerSecond: 30, interlaced: false, highDynamicRange: false },
};

describe('a sound', () => {
  it.each([
    ['too quiet', -20, -10, { gainDb: 6 }],
    ['too loud', -8, 0.5, { gainDb: -6 }],
    ['with peaks that would stand out', -20, -3, { gainDb: 6, ceilingDbtp: -2 }],
    ['so quiet that its noise would be heard', -45, -30, { gainDb: 24 }],
    ['of a room where nobody speaks', -55, -40, { gainDb: 0 }],
    ['that is none', -70, -120, { gainDb: 0 }],
  ])('%s is brought to -14 LUFS as far as that does good', (_, integratedLufs, truePeakDbtp, plan) => {
    expect(planLevelling({ integratedLufs, truePeakDbtp })).toEqual(plan);
  });

  it('gets what the limiter takes away', async () => {
    // As limiters do: of each dB that is added, a third is lost.
    const measure = async (filters = 'volume=0dB') => {
      const gainDb = Number(/volume=(-?[\d.]+)dB/.exec(filters)?.[1]);
      return { integratedLufs: -24 + gainDb * 0.66, truePeakDbtp: -3 + gainDb };
    };

    const { integratedLufs } = await measure(await findLevelling(measure));

    expect(Math.abs(integratedLufs + 14)).toBeLessThan(0.3);
  });

  it('is measured once when nothing holds it down', async () => {
    let measured = 0;
    const measure = async () => {
      measured += 1;
      return { integratedLufs: -20, truePeakDbtp: -12 };
    };

    expect(await findLevelling(measure)).toBe(levellingFilters({ gainDb: 6 }));
    expect(measured).toBe(1);
  });

  it('is read from what ffmpeg measured last, and from its highest peak', () => {
    const levels = createLevels();

    const printed = [
      'frame:0',
      'lavfi.r128.I=-70.000',
      'lavfi.r128.true_peaks_ch0=0.500',
      'lavfi.r128.I=-21.5',
    ];
    for (const line of [...printed, 'lavfi.r128.true_peaks_ch1=1.000', 'lavfi.r128.M=-3']) levels.add(line);

    expect(levels.now()).toEqual({ integratedLufs: -21.5, truePeakDbtp: 0 });
  });

  it('begins as early as the frame that is shown at the in point', () => {
    const clock = createFrameClock();

    for (const time of [-0.052, -0.0187, 0.0146])
      clock.read(`frame:1    pts:${time * 1000}  pts_time:${time}\n`);

    expect(clock.leadSeconds(1 / 30)).toBe(0.0187);
    expect(clock.leadSeconds(1 / 60)).toBe(0);
    expect(createFrameClock().leadSeconds(1 / 30)).toBe(0);
  });
});

describe('a shape', () => {
  const sides = fc.integer({ min: 1, max: 2000 }).map((half) => half * 2);
  const sizes = fc.record({ widthPixels: sides, heightPixels: sides });

  it('is filled as far as it goes, never beyond, with even sides', () => {
    fc.assert(
      fc.property(sizes, sizes, (shape, room) => {
        const inside = largestInside(shape, room);

        expect([inside.widthPixels % 2, inside.heightPixels % 2]).toEqual([0, 0]);
        expect(inside.widthPixels).toBeLessThanOrEqual(room.widthPixels);
        expect(inside.heightPixels).toBeLessThanOrEqual(room.heightPixels);
        const touches = inside.widthPixels === room.widthPixels || inside.heightPixels === room.heightPixels;
        expect(touches).toBe(true);
      }),
    );
  });

  it.each<[Fit, RegExp]>([
    ['crop', /crop=608:1080,scale=1080:1920/],
    ['pad', /scale=1080:608:.*pad=1080:1920:0:656/],
    ['blur', /gblur.*overlay=0:656/],
  ])('takes a wide picture by %s', (fit, filters) => {
    const wide = { widthPixels: 1920, heightPixels: 1080 };

    expect(shapeFilters('a', 'b', wide, { widthPixels: 1080, heightPixels: 1920 }, fit)).toMatch(filters);
  });

  it('leaves a picture alone that has it', () => {
    const size = { widthPixels: 1080, heightPixels: 1080 };

    expect(shapeFilters('a', 'b', size, size, 'blur')).toBe('[a]null[b]');
  });
});

describe('a picture', () => {
  const matrix = (a: number, b: number, c: number, d: number) => ({
    index: 0,
    side_data_list: [
      {
        rotation: 0,
        displaymatrix: `\n00000000: ${a} ${b} 0\n00000001: ${c} ${d} 0\n00000002: 0 0 1073741824\n`,
      },
    ],
  });

  it.each([
    ['as it is', [1, 0, 0, 1], { rotationDegrees: 0 }],
    ['turned', [0, 1, -1, 0], { rotationDegrees: 90 }],
    ['on its head', [-1, 0, 0, -1], { rotationDegrees: 180 }],
    ['mirrored', [-1, 0, 0, 1], { rotationDegrees: 0, mirrored: true }],
    ['mirrored at the horizon', [1, 0, 0, -1], { rotationDegrees: 180, mirrored: true }],
    ['transposed', [0, 1, 1, 0], { rotationDegrees: 270, mirrored: true }],
  ])('is shown as its display matrix says: %s', (_, [a, b, c, d], orientation) => {
    const one = 65_536;

    expect(readOrientation(matrix(a! * one, b! * one, c! * one, d! * one))).toEqual(orientation);
  });

  it.each([
    ['HD that tells nothing', {}, 'bt709'],
    ['SD that tells nothing', { widthPixels: 720, heightPixels: 576 }, 'bt601'],
    ['one that tells', { colours: { matrix: 'smpte170m' } }, 'bt601'],
    ['wide gamut', { colours: { matrix: 'bt2020nc' } }, 'bt2020'],
  ])('comes to the colours of HD from those of %s', (_, facts, sourceMatrix) => {
    const filters = toClipColours({ ...video, ...facts }, '10:10').join();

    expect(filters).toContain(`in_color_matrix=${sourceMatrix}:`);
    expect(filters).toContain('out_color_matrix=bt709');
  });

  it('keeps the primaries that it tells, but for those of HDR, which is toned down', () => {
    const colours = { primaries: 'bt2020' };

    expect(colourTags({ ...video, colours })).toContain('bt2020');
    expect(colourTags({ ...video, colours, highDynamicRange: true })).not.toContain('bt2020');
    expect(colourTags({ ...video, colours: { primaries: 'nobody knows' } })).toContain('bt709');
  });
});

describe('a poster', () => {
  const fine = {
    meanBrightness: 110,
    lowBrightness: 40,
    highBrightness: 190,
    edges: 10,
  };

  it.each([
    ['black', { meanBrightness: 17, lowBrightness: 16, highBrightness: 18, edges: 0.1 }],
    ['dark', { meanBrightness: 40, lowBrightness: 20, highBrightness: 90 }],
    ['blown out', { meanBrightness: 228, lowBrightness: 190 }],
    ['flat', { lowBrightness: 105, highBrightness: 115 }],
    ['blurred', { edges: 3 }],
  ])('is no picture that is %s when there is another', (_, flaw) => {
    const flawed = { ...fine, ...flaw };

    expect(choosePoster([flawed, fine, flawed])).toBe(1);
  });

  it('is the first of those that are as good, and none when there is none', () => {
    expect(choosePoster([fine, fine])).toBe(0);
    expect(choosePoster([])).toBeUndefined();
  });
});
