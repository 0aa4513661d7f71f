import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { spreadOverClip } from '../../core/media/poster/candidate-args.ts';
import { measurePicture } from '../../core/media/poster/measure-picture.ts';
import { takePosters } from '../../core/media/poster/take-posters.ts';

const width = 64;
const height = 36;

function plane(brightness: (x: number, y: number) => number): Buffer {
  return Buffer.from(
    Array.from({ length: width * height }, (_, n) => brightness(n % width, Math.floor(n / width))),
  );
}

const black = plane(() => 16);
const stripes = plane((x) => (x % 8 < 4 ? 60 : 180));
/** The same stripes, each melting into the next. */
const blurred = plane((x) => 120 + 60 * Math.sin((x / 4) * Math.PI) * 0.3);

describe('a picture that is measured', () => {
  it('tells its mean, and its darkest and brightest tenth', () => {
    const { meanBrightness, lowBrightness, highBrightness } = measurePicture(
      plane((_, y) => (y < 4 ? 20 : y < 18 ? 100 : 220)),
      width,
    );

    expect(meanBrightness).toBeCloseTo((4 * 20 + 14 * 100 + 18 * 220) / 36, 6);
    expect([lowBrightness, highBrightness]).toEqual([20, 220]);
  });

  it('has edges where it is sharp, whichever way they go, and none where it is flat', () => {
    const [upright, lying] = [stripes, plane((_, y) => (y % 8 < 4 ? 60 : 180))];

    const edges = [black, blurred, upright].map((luma) => measurePicture(luma, width).edges);

    expect(edges[0]).toBe(0);
    expect(edges[1]).toBeGreaterThan(0);
    expect(edges[1]).toBeLessThan(edges[2]! / 2);
    expect(measurePicture(lying, width).edges / edges[2]!).toBeCloseTo(1, 0);
  });

  it('may be too small to have an edge', () => {
    expect(measurePicture(Buffer.of(20, 200, 20, 200), 2).edges).toBe(0);
  });
});

describe('the pictures that may be a poster', () => {
  it.each([
    ['a single one', 1, [0]],
    ['a third of a second', 10, [5]],
    ['two seconds', 60, [7, 22, 37, 52]],
    ['six', 180, Array.from({ length: 12 }, (_, n) => 7 + 15 * n)],
    ['an hour', 108_000, Array.from({ length: 12 }, (_, n) => 4500 + 9000 * n)],
  ])('are spread over all frames: %s', (_, frames, expected) => {
    const [first, apart] = /^not\(mod\(n-(\d+),(\d+)\)\)$/
      .exec(spreadOverClip({ frames, framesPerSecond: 30 }))!
      .slice(1)
      .map(Number) as [number, number];

    const taken = Array.from({ length: frames }, (_, n) => n).filter((n) => (n - first) % apart === 0);

    expect(taken).toEqual(expected);
  });
});

describe('the posters of a clip', () => {
  const folder = mkdtempSync(join(tmpdir(), 'posters-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const jpeg = (name: string) => Buffer.concat([Buffer.of(0xff, 0xd8, 0xff, 0xdb), Buffer.from(name)]);

  function candidates(planes: Buffer[], jpegs: Buffer[][]) {
    const lumaPath = join(folder, 'luma');
    writeFileSync(lumaPath, Buffer.concat(planes));
    const jpegPaths = jpegs.map((files, n) => {
      writeFileSync(join(folder, `${n}.mjpeg`), Buffer.concat(files));
      return join(folder, `${n}.mjpeg`);
    });
    return { lumaPath, jpegPaths };
  }

  it('are of the moment that suits best, in each output, and nothing else is left', async () => {
    const files = candidates(
      [black, blurred, stripes, blurred],
      ['wide', 'tall'].map((shape) => [0, 1, 2, 3].map((n) => jpeg(`${shape} ${n}`))),
    );
    const posters = ['one.jpg', 'two.jpg'].map((name) => join(folder, name));

    await takePosters(files, { widthPixels: width, heightPixels: height }, posters);

    expect(posters.map((path) => readFileSync(path))).toEqual([jpeg('wide 2'), jpeg('tall 2')]);
    expect(readdirSync(folder)).toEqual(['one.jpg', 'two.jpg']);
  });

  it('are missed when the clip has no picture', async () => {
    const files = candidates([], [[]]);

    const taking = takePosters(files, { widthPixels: width, heightPixels: height }, [
      join(folder, 'none.jpg'),
    ]);

    await expect(taking).rejects.toMatchObject({ name: 'DamagedMedia' });
  });
});
