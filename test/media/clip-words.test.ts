import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type ClipLook, plainLook } from '../../core/media/clip-look.ts';
import { createMedia } from '../../core/media/create-media.ts';
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

  it('is a watermark in the bottom right corner, seen through', async () => {
    const path = join(folder, 'mark.png');
    runFfmpegHere('-f', 'lavfi', '-i', 'color=white:s=200x100', '-frames:v', '1', path);

    const { clipPath } = await render(dark, { watermark: { path } });

    const pixels = grey(clipPath, 30);
    const at = (x: number, y: number) => pixels[y * 640 + x]!;
    // 8 % of 640 is 51 wide, and so 26 high; 19 from both edges.
    expect(at(595, 328)).toBeGreaterThan(150);
    expect(at(595, 328)).toBeLessThan(220);
    expect([at(560, 328), at(595, 305), at(630, 328), at(20, 20)].every((luma) => luma < 60)).toBe(true);
  });

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
