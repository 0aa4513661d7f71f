import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createMedia } from '../../core/media/create-media.ts';
import { fileSource } from '../support/file-source.ts';
import {
  everyFfmpeg,
  fixtures,
  frameLumas,
  frameTimes,
  frameTiming,
  probeFile,
  runFfmpegHere,
  temporaryFolder,
} from '../support/media.ts';
import { frameNumber, makeSource } from '../support/media-sources.ts';

const folder = temporaryFolder();
const { signal } = new AbortController();

/** The brightness of the four quarters of the first frame: top left, top right, bottom left, bottom right. */
function quarters(path: string): number[] {
  const graph = 'scale=2:2:flags=area,format=gray';
  return [...runFfmpegHere('-i', path, '-frames:v', '1', '-vf', graph, '-f', 'rawvideo', '-')];
}

/** The colour in the middle of the first frame, as it's shown: red, green, blue. */
function colourOf(path: string): number[] {
  const graph = 'scale=flags=bicubic+accurate_rnd+full_chroma_int,format=rgb24,crop=1:1';
  return [...runFfmpegHere('-i', path, '-frames:v', '1', '-vf', graph, '-f', 'rawvideo', '-')];
}

describe.each(everyFfmpeg)('a clip of an unusual source, with ffmpeg $version', (paths) => {
  const media = createMedia(paths);

  async function render(path: string, startSeconds = 0.5, endSeconds = 1.5) {
    const source = await fileSource(path);
    const { facts } = await media.probe(source, { signal });
    const clipFolder = mkdtempSync(join(folder, 'clip-'));
    const range = { startSeconds, endSeconds };
    const clip = await media.renderClip(source, facts, range, { folder: clipFolder, signal });
    return { facts, clip, probed: probeFile(clip.clipPath) };
  }

  it('stands upright when the camera lay on its side', async () => {
    const picture = 'color=black:s=320x180:r=30,drawbox=x=0:y=0:w=160:h=90:c=white:t=fill';
    const lying = makeSource({ folder, name: 'lying.mp4', picture, durationSeconds: 2 });
    const path = join(folder, 'turned.mp4');
    runFfmpegHere('-i', lying, '-c', 'copy', '-metadata:s:v:0', 'rotate=270', path);

    const { facts, clip, probed } = await render(path);

    expect(facts.video?.rotationDegrees).toBe(90);
    expect(probed.video).toMatchObject({ width: 180, height: 320 });
    expect(probed.video?.side_data_list).toBeUndefined();
    expect(quarters(clip.clipPath).map((luma) => luma > 128)).toEqual([false, true, false, false]);
    expect(probeFile(clip.posterPath).video).toMatchObject({ codec_name: 'mjpeg', width: 180, height: 320 });
  });

  it('has square pixels and even sides', async () => {
    const picture = 'testsrc2=s=320x180:r=30,format=yuv444p,scale=101:57,setsar=2';
    const options = ['-c:v', 'libx264', '-pix_fmt', 'yuv444p'];
    const path = makeSource({ folder, name: 'odd.mkv', picture, durationSeconds: 2, options });

    const { probed } = await render(path);

    expect(probed.video).toMatchObject({
      width: 202,
      height: 56,
      sample_aspect_ratio: '1:1',
      pix_fmt: 'yuv420p',
    });
  });

  it('has a constant rate, and each frame at its time, when the source has neither', async () => {
    const path = makeSource({
      folder,
      name: 'variable.mkv',
      options: ['-vf', "select='not(mod(n,3)*gt(n,30))'", frameTiming, 'vfr'],
    });

    const { clip, probed } = await render(path, 2.95, 3.95);

    expect(probed.video?.r_frame_rate).toBe('30/1');
    const frames = frameLumas(clip.clipPath).map((luma) => frameNumber(luma));
    expect(frames).toHaveLength(30);
    // 2.95 s shows frame 87, which stays until frame 90.
    expect(frames.slice(0, 4)).toEqual([87, 87, 90, 90].map((frame) => frame % 73));
  });

  it('begins and ends where it was asked though the source shows a slide every twenty seconds', async () => {
    const picture = "nullsrc=s=64x64:r=1/20,geq=lum='60+120*N':cb=128:cr=128";
    const path = makeSource({ folder, name: 'slides.mp4', picture, durationSeconds: 40 });

    const { clip, probed } = await render(path, 18.3, 21.7);

    expect(Math.abs(clip.durationSeconds - 3.4)).toBeLessThan(0.05);
    expect(Number(probed.audio?.duration)).toBeLessThanOrEqual(3.4);
    const secondSlide = frameLumas(clip.clipPath).findIndex((luma) => luma > 128);
    expect(frameTimes(clip.clipPath)[secondSlide]).toBeCloseTo(1.7, 1);
  });

  it('is deinterlaced', async () => {
    const picture = 'testsrc2=s=320x240:r=50,interlace=lowpass=0';
    const options = ['-c:v', 'mpeg2video', '-flags', '+ildct+ilme', '-top', '1', '-q:v', '3'];
    const path = makeSource({ folder, name: 'interlaced.mpg', picture, durationSeconds: 3, options });

    const { facts, probed } = await render(path);

    expect(facts.video).toMatchObject({ interlaced: true, framesPerSecond: 25 });
    expect(probed.video?.nb_frames).toBe('25');
  });

  it('is toned down to standard range when the phone recorded HDR', async () => {
    const hlg = 'colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc';
    const options = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p10le', '-x264-params', hlg];
    const tags = ['-color_primaries', 'bt2020', '-color_trc', 'arib-std-b67', '-colorspace', 'bt2020nc'];
    const picture = 'testsrc2=s=320x180:r=30';
    const path = makeSource({
      folder,
      name: 'hdr.mkv',
      picture,
      durationSeconds: 2,
      options: [...options, ...tags],
    });

    const { facts, probed } = await render(path);

    expect(facts.video?.highDynamicRange).toBe(true);
    expect(probed.video).toMatchObject({ pix_fmt: 'yuv420p', color_transfer: 'bt709' });
  });

  it('is the same to the byte each time', async () => {
    const path = join(fixtures, 'talk.mp4');

    const [first, second] = [await render(path, 4, 5), await render(path, 4, 5)];

    expect(readFileSync(first.clip.clipPath).equals(readFileSync(second.clip.clipPath))).toBe(true);
    expect(readFileSync(first.clip.posterPath).equals(readFileSync(second.clip.posterPath))).toBe(true);
  });

  it('has a poster that is not black when it fades in from black', async () => {
    const picture = 'color=white:s=160x90:r=30,fade=in:0:60';
    const path = makeSource({ folder, name: 'fade.mp4', picture, durationSeconds: 8 });

    const { clip } = await render(path, 0, 7);

    expect(Math.min(...quarters(clip.posterPath))).toBeGreaterThan(128);
  });

  it.each([
    ['bt709', ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709']],
    ['bt601', ['-colorspace', 'smpte170m', '-color_primaries', 'smpte170m', '-color_trc', 'smpte170m']],
    ['bt601', []],
  ])('has a poster in its colours when the source is in %s (%j)', async (matrix, tags) => {
    const picture = `color=0x3fd098:s=1280x720:r=30,format=rgb24,scale=out_color_matrix=${matrix},format=yuv420p`;
    const name = `${matrix}-${tags.length}.mp4`;
    const path = makeSource({ folder, name, picture, durationSeconds: 2, options: tags });

    const { clip } = await render(path);

    const [shown, posted] = [colourOf(clip.clipPath), colourOf(clip.posterPath)];
    expect(Math.max(...shown.map((value, n) => Math.abs(value - posted[n]!)))).toBeLessThan(5);
  });
});
