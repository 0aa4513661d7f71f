import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plainLook } from '../../core/media/clip/clip-look.ts';
import { checkTimes } from '../../core/media/smart-cut/check-joins.ts';
import { readCopyFacts } from '../../core/media/smart-cut/copy-facts.ts';
import { mayCopy } from '../../core/media/smart-cut/may-copy.ts';
import { createPacketList, type Packet } from '../../core/media/smart-cut/packet-list.ts';
import { planCut } from '../../core/media/smart-cut/plan-cut.ts';
import type { SourceFacts, VideoFacts } from '../../core/media/types.ts';

const video: VideoFacts = {
  ...{ streamIndex: 0, codec: 'h264', widthPixels: 1920, heightPixels: 1080, pixelAspect: 1 },
  ...{ rotationDegrees: 0, framesPerSecond: 30, interlaced: false, highDynamicRange: false },
};
const facts: SourceFacts = {
  ...{ kind: 'video', demuxer: 'mov', durationSeconds: 600, clockStartSeconds: 0, video },
};

describe('a fast cut', () => {
  const source = { sizeBytes: 500e6 };
  const span = { durationSeconds: 30 };
  const fast = { ...plainLook, cut: 'fast' } as const;
  const logo = { picture: { png: new Uint8Array(), widthPixels: 1, heightPixels: 1 }, position: 'top_left' };

  it('is tried of an MP4 with H.264 that is to stay as it is', () => {
    expect(mayCopy(source, facts, span, fast)).toBe(true);
  });

  it.each<[string, object, object?, object?]>([
    ['was not asked for', { cut: undefined }],
    ['has words over it', { captions: [{ startSeconds: 0, endSeconds: 1, text: 'Hello' }] }],
    ['has a logo over it', { watermark: logo }],
    ['has another shape', { outputs: [{ shape: 'square', fit: 'crop' }] }],
    ['has several shapes', { outputs: [...plainLook.outputs, { shape: 'square', fit: 'crop' }] }],
    ['is in another container', {}, {}, { demuxer: 'matroska' }],
    ['is only heard', {}, {}, { video: undefined }],
    ['is another codec', {}, { codec: 'hevc' }],
    ['is turned', {}, { rotationDegrees: 90 }],
    ['is mirrored', {}, { mirrored: true }],
    ['has fields', {}, { interlaced: true }],
    ['has oblong pixels', {}, { pixelAspect: 1.2 }],
    ['is scaled down', {}, { widthPixels: 7680, heightPixels: 4320 }],
    ['is toned down', {}, { highDynamicRange: true }],
    ['has all 256 levels', {}, { colours: { matrix: 'bt709', fullRange: true } }],
    ['has the colours of old cameras', {}, { colours: { matrix: 'smpte170m' } }],
    ['does not tell its colours, and is small', {}, { widthPixels: 640, heightPixels: 480 }],
    ['would take up the room', {}, {}, { durationSeconds: 5 }],
  ])('is not tried where the clip %s', (_, look, picture = {}, others = {}) => {
    const changed = { ...facts, video: { ...video, ...picture }, ...others };

    expect(mayCopy(source, changed, span, { ...fast, ...look })).toBe(false);
  });

  it.each([
    ['10 bits', { profile: 'High 10', pix_fmt: 'yuv420p10le', level: 40 }],
    ['colours for each pixel', { profile: 'High', pix_fmt: 'yuv444p', level: 40 }],
    ['fields', { profile: 'High', pix_fmt: 'yuv420p', level: 40, field_order: 'tt' }],
    ['a level that nobody knows', { profile: 'High', pix_fmt: 'yuv420p', level: 9 }],
  ])('is given up where pictures have %s', (_, stream) => {
    expect(() => readCopyFacts(JSON.stringify({ streams: [stream] }))).toThrow('of a kind');
  });

  it('encodes its ends as the source was encoded', () => {
    const stream = { profile: 'Constrained Baseline', pix_fmt: 'yuv420p', level: 31 };

    expect(readCopyFacts(JSON.stringify({ streams: [stream] }))).toEqual({
      profile: 'baseline',
      level: '3.1',
    });
  });
});

/** A GOP in the order of decoding: its keyframe, then groups of `bFrames` frames shown before the one they come after. */
function aGop(start: number, length: number, bFrames: number): { shown: number; isKey: boolean }[] {
  const frames = [{ shown: start, isKey: true }];
  for (let at = start + 1; at < start + length; at += bFrames + 1) {
    const last = Math.min(at + bFrames, start + length - 1);
    frames.push({ shown: last, isKey: false });
    for (let shown = at; shown < last; shown += 1) frames.push({ shown, isKey: false });
  }
  return frames;
}

/** Packets of GOPs of these lengths, the frame `first` being shown at the in point, `lead` of a frame before it. */
function packetsOf(gops: number[], bFrames: number, rate: number, first: number, lead: number): Packet[] {
  const starts = gops.map((_, n) => gops.slice(0, n).reduce((sum, length) => sum + length, 0));
  const delay = bFrames > 0 ? 1 : 0;
  return gops
    .flatMap((length, n) => aGop(starts[n]!, length, bFrames))
    .map(({ shown, isKey }, n) => ({
      ...{ shownSeconds: (shown - first - lead) / rate, decodedSeconds: (n - delay - first - lead) / rate },
      ...{ isKey, isSpecial: false },
    }));
}

describe('the plan of a cut', () => {
  const rates = fc.constantFrom(24_000 / 1001, 25, 30_000 / 1001, 30, 60);

  it('has each frame once: encoded from a keyframe, or copied with all that it refers to', () => {
    const spans = fc
      .record({
        gops: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 8 }),
        bFrames: fc.nat(3),
        rate: rates,
        lead: fc.double({ min: 0, max: 0.99, noNaN: true }),
      })
      .chain((given) => {
        const all = given.gops.reduce((sum, length) => sum + length, 0);
        return fc
          .record({ first: fc.nat(all - 1), length: fc.integer({ min: 1, max: all }) })
          .map(({ first, length }) => ({ ...given, first, frames: Math.min(length, all - first) }));
      });
    let planned = 0;

    fc.assert(
      fc.property(spans, ({ gops, bFrames, rate, lead, first, frames }) => {
        const packets = packetsOf(gops, bFrames, rate, first, lead);
        const frameOf = ({ shownSeconds }: Packet) => Math.round(shownSeconds * rate + lead) || 0;
        const span = { frames, framesPerSecond: rate };
        const plan = unlessUncuttable(() => planCut(packets, span));
        if (!plan) return;
        planned += 1;

        const { copied, ends, leadSeconds } = plan;
        const shown = ends.flatMap(({ fromPacket, toPacket, skippedFrames, frames: wanted }) => {
          expect(packets[fromPacket]!.isKey).toBe(true);
          const decoded = packets.slice(fromPacket, toPacket).map(frameOf);
          return decoded.sort((one, other) => one - other).slice(skippedFrames, skippedFrames + wanted);
        });
        shown.push(...packets.slice(copied.fromPacket, copied.toPacket).map(frameOf));

        expect(packets[copied.fromPacket]!.isKey).toBe(true);
        expect(shown.sort((one, other) => one - other)).toEqual(Array.from({ length: frames }, (_, n) => n));
        expect(copied.toPacket - copied.fromPacket).toBeGreaterThanOrEqual(0.3 * frames);
        expect(leadSeconds).toBeCloseTo(lead / rate, 9);
        for (const { frames: wanted } of ends) expect(wanted).toBeGreaterThan(plan.delayFrames);
      }),
      { numRuns: 500 },
    );

    expect(planned).toBeGreaterThan(100);
  });

  const gops = [30, 30, 30, 30];
  const span = { frames: 80, framesPerSecond: 30 };
  const change = (at: number, made: Partial<Packet>) =>
    packetsOf(gops, 1, 30, 20, 0.5).map((packet, n) => (n === at ? { ...packet, ...made } : packet));

  it('copies from the first keyframe to the out point', () => {
    const { copied, ends } = planCut(packetsOf(gops, 0, 30, 20, 0.5), span);

    expect(copied).toEqual({ fromPacket: 30, toPacket: 100 });
    expect(ends).toMatchObject([{ side: 'head', fromPacket: 0, skippedFrames: 20, frames: 10 }]);
  });

  it.each<[string, Packet[], string]>([
    ['keyframes are far apart', packetsOf([120], 1, 30, 20, 0.5), 'no place'],
    ['the first keyframe is near the out point', packetsOf([110, 90], 1, 30, 45, 0), 'Too little'],
    ['a frame is missing', change(50, {}).toSpliced(50, 1), 'not constant'],
    ['a frame is a little late', change(50, { shownSeconds: 30.3 / 30 }), 'not constant'],
    ['the source ends', packetsOf([30, 30], 1, 30, 20, 0.5), 'missing'],
    ['its settings change', change(60, { isSpecial: true }), 'not alike'],
    ['two frames are one', change(61, { shownSeconds: change(60, {})[60]!.shownSeconds }), 'same time'],
    ['a time is none', change(61, { shownSeconds: Number.NaN }), 'same time'],
    ['frames come later than x264 could write them', change(0, { decodedSeconds: -1 }), 'order'],
  ])('is given up where %s', (_, packets, reason) => {
    expect(() => planCut(packets, span)).toThrow(reason);
  });

  it('passes over keyframes that later frames refer beyond', () => {
    // The frame shown before the second keyframe comes after it.
    const packets = packetsOf(gops, 1, 30, 20, 0.5);
    const [one, other] = [packets[29]!, packets[30]!];
    const open = packets.with(29, { ...other, decodedSeconds: one.decodedSeconds });
    const plan = planCut(open.with(30, { ...one, decodedSeconds: other.decodedSeconds }), span);

    expect(plan.copied.fromPacket).toBe(60);
  });
});

describe('the packets of a copy', () => {
  it('are read as ffmpeg lists them', () => {
    const list = createPacketList();

    list.read(
      '#software: Lavf58\n#tb 0: 1/15360\n0,     -1024,      0,      512,     4364, 0x32158ca7\n0,  ',
    );
    list.read('-512,   1024,      512,     1507, 0x4ef9ead4, F=0x0\n0, 0, 512, 512, 9, 0x1, F=0x5\n');
    list.read('0, 512, 1536, 512, 9, 0x1, S=1, 48, 0xd4c40fa5\n0, NOPTS, NOPTS, 512, 9, 0x1, F=0x0\n');

    expect(list.packets).toMatchObject([
      { shownSeconds: 0, decodedSeconds: -1 / 15, isKey: true, isSpecial: false },
      { shownSeconds: 1 / 15, decodedSeconds: -1 / 30, isKey: false, isSpecial: false },
      { isKey: true, isSpecial: true },
      { isKey: true, isSpecial: true },
      { shownSeconds: Number.NaN, decodedSeconds: Number.NaN },
    ]);
  });
});

describe('what came of a cut', () => {
  const span = { frames: 3, framesPerSecond: 30 };

  it('has each frame at its time, in whatever order', () => {
    expect(() => checkTimes('0.000000\n0.066667,\n0.033333\n', span)).not.toThrow();
  });

  it.each([
    ['one is missing', '0.000000\n0.066667\n'],
    ['one is too many', '0.000000\n0.033333\n0.066667\n0.100000\n'],
    ['one is late', '0.000000\n0.033333\n0.070000\n'],
    ['the first comes late', '0.033333\n0.066667\n0.100000\n'],
    ['a time is unknown', '0.000000\nN/A\n0.066667\n'],
  ])('is refused where %s', (_, printed) => {
    expect(() => checkTimes(printed, span)).toThrow('other frames or times');
  });
});

function unlessUncuttable<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if ((error as Error).name !== 'Uncuttable') throw error;
    return undefined;
  }
}
