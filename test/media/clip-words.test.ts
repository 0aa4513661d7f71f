import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type ClipLook, plainLook } from '../../core/media/clip/clip-look.ts';
import { createMedia } from '../../core/media/create-media.ts';
import { readPng } from '../../core/media/picture/read-png.ts';
import { fontPath } from '../../layers/ffmpeg/resolve-ffmpeg.ts';
import { fileSource } from '../support/file-source.ts';
import { everyFfmpeg, fixtures, runFfmpegHere, temporaryFolder } from '../support/media.ts';
import { makeSource } from '../support/media-sources.ts';

const folder = temporaryFolder();
const { signal } = new AbortController();
const dark = makeSource({
  folder,
  name: 'dark.mp4',
  picture: 'color=0x202020:s=640x360:r=30',
  durationSeconds: 3,
});

describe.each(everyFfmpeg)('what is drawn on a clip, with ffmpeg $version', (paths) => {
  async function render(path: string, look: Partial<ClipLook>, font: string | undefined = fontPath) {
    const media = createMedia({ ...paths, fontPath: font });
    const source = await fileSource(path);
    const { facts } = await media.probe(source, { signal });
    const clipFolder = mkdtempSync(join(folder, 'clip-'));
    const range = { startSeconds: 0.5, endSeconds: 2.5 };
    return media.renderClip(source, facts, range, {
      folder: clipFolder,
      signal,
      look: { ...plainLook, ...look },
    });
  }

  const caption = (text: string) => [{ startSeconds: 0.5, endSeconds: 1, text }];

  it('are captions while they last, in the lower part, in each shape', async () => {
    const outputs: ClipLook['outputs'] = [plainLook.outputs[0]!, { shape: 'vertical', fit: 'pad' }];

    const { files, notes } = await render(dark, { outputs, captions: caption('Hello there') });

    for (const { path } of files) {
      const whites = [10, 14, 16, 29, 31, 45].map((frame) => whiteRows(path, frame));
      expect(whites.map(({ count }) => count > 0)).toEqual([false, false, true, true, false, false]);
      expect(whites[2]!.first).toBeGreaterThan(0.5);
      expect(whites[2]!.last).toBeLessThan(0.97);
    }
    expect(notes).toEqual([]);
  });

  it('are captions word for word, also where they look like commands', async () => {
    const [plain, hostile] = await Promise.all([
      render(dark, { captions: caption('AAAA') }),
      render(dark, { captions: caption('{\\an8}{\\alpha&HFF&}A\\NA') }),
    ]);

    const [words, commands] = [plain, hostile].map(({ clipPath }) => whiteRows(clipPath, 20));
    // As commands they would stand at the top, be seen through, and break the line.
    expect(commands!.first).toBeGreaterThan(0.7);
    expect(commands!.count).toBeGreaterThan(words!.count);
    expect(commands!.last - commands!.first).toBeLessThan(2 * (words!.last - words!.first));
  });

  it('leave out characters that the font lacks, and a note says which', async () => {
    const { clipPath, notes } = await render(dark, { captions: caption('中🎉') });

    expect(whiteRows(clipPath, 20).count).toBe(0);
    expect(notes).toEqual([expect.stringMatching(/中 \(U\+4E2D\), 🎉 \(U\+1F389\)$/)]);
  });

  it('are no words where there is no font, and a note says so', async () => {
    const media = createMedia(paths);
    const source = await fileSource(dark);
    const { facts } = await media.probe(source, { signal });
    const look = { ...plainLook, captions: caption('Hello') };

    const range = { startSeconds: 0.5, endSeconds: 2.5 };
    const { notes } = await media.renderClip(source, facts, range, {
      folder: mkdtempSync(join(folder, 'clip-')),
      signal,
      look,
    });

    expect(notes).toEqual([expect.stringMatching(/no font/)]);
  });

  it('is the title of a waveform, above it, and on no other picture', async () => {
    const title = 'A lively exchange: 100 % {sure}';

    const [sound, picture] = [
      await render(join(fixtures, 'speech.flac'), { title }),
      await render(dark, { title }),
    ];

    // Left of the cursor, which is white too and stands in the middle by then.
    const { first, last, count } = whiteRows(sound.clipPath, 30, 0, 0.45);
    expect(first).toBeGreaterThan(0.05);
    expect(last).toBeLessThan(0.25);
    expect(count).toBeGreaterThan(200);
    expect(whiteRows(picture.clipPath, 30).count).toBe(0);
  });

  it.each(['top_left', 'bottom_right'] as const)(
    'is a watermark in the %s corner, seen through, in each shape',
    async (position) => {
      const path = join(folder, 'mark.png');
      runFfmpegHere('-y', '-f', 'lavfi', '-i', 'color=white:s=200x100', '-frames:v', '1', path);
      const watermark = { picture: readPng(readFileSync(path)), position };
      const outputs: ClipLook['outputs'] = [plainLook.outputs[0]!, { shape: 'vertical', fit: 'pad' }];

      const { files } = await render(dark, { outputs, watermark });

      // A tenth of the shorter side high, a 25th of it away from the edges.
      const [wide, tall] = files.map(({ path: clip }) => litBox(clip, 30));
      const [top, left] = [position.startsWith('top'), position.endsWith('left')];
      expect(wide).toEqual({
        x: left ? 14 : 554,
        y: top ? 14 : 310,
        width: 72,
        height: 36,
        luma: expect.closeTo(187, -1),
      });
      expect(tall).toEqual({
        x: left ? 44 : 820,
        y: top ? 44 : 1768,
        width: 216,
        height: 108,
        luma: expect.closeTo(178, -1),
      });
    },
  );

  it('is a poster of a picture that is neither black nor blurred', async () => {
    const picture =
      "testsrc2=s=640x360:r=30,split[a][b];[b]boxblur=30[c];[a][c]overlay=enable='not(between(t,1.5,1.99))'," +
      "drawbox=c=black:t=fill:enable='lt(t,1)'";
    const path = makeSource({ folder, name: `blur-${paths.version}.mp4`, picture, durationSeconds: 3 });

    const { posterPath } = await render(path, {});

    const pixels = grey(posterPath, 0);
    const steps = pixels.map((pixel, n) => (n === 0 ? 0 : Math.abs(pixel - pixels[n - 1]!)));
    expect(Math.max(...steps.subarray(640 * 100, 640 * 101))).toBeGreaterThan(40);
  });
});

/** Where one frame is light, and how light in the middle of that. */
function litBox(path: string, frame: number) {
  const pixels = grey(path, frame);
  const width = pixels.length === 640 * 360 ? 640 : 1080;
  const lit = [...pixels.keys()].filter((n) => pixels[n]! > 110);
  const columns = lit.map((n) => n % width);
  const rows = lit.map((n) => Math.floor(n / width));
  const [x, right] = [Math.min(...columns), Math.max(...columns)];
  const [y, bottom] = [rows[0]!, rows.at(-1)!];
  const luma = pixels[Math.round((y + bottom) / 2) * width + Math.round((x + right) / 2)];
  return { x, y, width: right - x + 1, height: bottom - y + 1, luma };
}

function grey(path: string, frame: number): Buffer {
  const graph = `select='eq(n,${frame})',format=gray`;
  return runFfmpegHere('-i', path, '-frames:v', '1', '-vf', graph, '-f', 'rawvideo', '-');
}

/** Where in one frame's height there is white, between `from` and `to` of its width; how many pixels. */
function whiteRows(
  path: string,
  frame: number,
  from = 0,
  to = 1,
): { first: number; last: number; count: number } {
  const pixels = grey(path, frame);
  const ratios: Record<number, [number, number]> = {
    [640 * 360]: [640, 360],
    [1280 * 720]: [1280, 720],
    [1080 * 1920]: [1080, 1920],
  };
  const [width, height] = ratios[pixels.length]!;
  const isWhite = (pixel: number, n: number) =>
    pixel > 200 && n % width >= from * width && n % width < to * width;
  const white = [...pixels.keys()].filter((n) => isWhite(pixels[n]!, n));
  const row = (n: number | undefined) => Math.floor((n ?? 0) / width) / height;
  return { first: row(white[0]), last: row(white.at(-1)), count: white.length };
}
