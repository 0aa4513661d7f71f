import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createMedia } from '../../core/media/create-media.ts';
import type { RenderedClip, SourceFacts } from '../../core/media/types.ts';
import { fileSource } from '../support/file-source.ts';
import {
  everyFfmpeg,
  fixtures,
  frameLumas,
  frameTimes,
  probeFile,
  runFfmpegHere,
  samplesOf,
  ssimOfFirstFrame,
  temporaryFolder,
} from '../support/media.ts';
import { flashes, frameNumber, makeSource } from '../support/media-sources.ts';

const folder = temporaryFolder();
const { signal } = new AbortController();
/** Made and looked at once for all ffmpegs. */
const made = new Map<string, { path: string; times: number[] }>();

function countingSource(name: string, options: string[]) {
  const known = made.get(name);
  if (known) return known;
  const path = makeSource({ folder, name, options });
  const source = { path, times: frameTimes(path) };
  made.set(name, source);
  return source;
}

describe.each(everyFfmpeg)('a clip rendered with ffmpeg $version', (paths) => {
  const media = createMedia(paths);

  async function render(path: string, startSeconds: number, endSeconds: number) {
    const source = await fileSource(path);
    const { facts } = await media.probe(source, { signal });
    const clipFolder = mkdtempSync(join(folder, 'clip-'));
    const range = { startSeconds, endSeconds };
    const clip = await media.renderClip(source, facts, range, { folder: clipFolder, signal });
    return {
      facts,
      clip,
      /** Looked at for those who ask. */
      get probed() {
        return probeFile(clip.clipPath);
      },
    } satisfies { facts: SourceFacts; clip: RenderedClip; probed: unknown };
  }

  it('reads no further than to its end', async () => {
    const path = join(fixtures, 'talk.mp4');

    const { clip } = await render(path, 10, 13);

    expect(clip.bytesRead).toBeLessThan(0.3 * readFileSync(path).length);
  });

  it('plays everywhere: H.264 high, yuv420p, AAC 48 kHz stereo, index in front, from time 0', async () => {
    const { clip, probed } = await render(join(fixtures, 'talk.mp4'), 3.2, 8.2);

    expect(probed.video).toMatchObject({ codec_name: 'h264', profile: 'High', pix_fmt: 'yuv420p' });
    expect(probed.video).toMatchObject({
      width: 1280,
      height: 720,
      nb_frames: '150',
      sample_aspect_ratio: '1:1',
    });
    expect(probed.audio).toMatchObject({ codec_name: 'aac', sample_rate: '48000', channels: 2 });
    expect(Number(probed.video?.start_time)).toBe(0);
    expect(Math.abs(Number(probed.audio?.start_time))).toBeLessThan(0.02);
    expect(Math.abs(Number(probed.format.duration) - 5)).toBeLessThan(1 / 30);
    expect(clip.durationSeconds).toBeCloseTo(Number(probed.format.duration), 3);
    const head = readFileSync(clip.clipPath).subarray(0, 64).toString('latin1');
    expect(head).toContain('moov');
  });

  it.each([0, 7.1, 12.3456, 30.033])('begins with the frame that a talk shows at %d s', async (inPoint) => {
    const path = join(fixtures, 'talk.mp4');

    const { clip } = await render(path, inPoint, inPoint + 1);

    expect(ssimOfFirstFrame(clip.clipPath, path, inPoint)).toBeGreaterThan(0.98);
  });

  it.each([
    ['counting.mp4', []],
    ['index-in-front.mp4', ['-movflags', '+faststart']],
    ['fragmented.mp4', ['-movflags', '+frag_keyframe+empty_moov']],
    ['counting.mov', []],
    ['counting.mkv', []],
    ['counting.ts', []],
    ['counting.avi', ['-bf', '0']],
    ['counting.flv', ['-ar', '44100']],
    ['counting.mpg', ['-c:v', 'mpeg2video', '-q:v', '1']],
    ['counting.webm', ['-c:v', 'libvpx', '-b:v', '4M', '-deadline', 'realtime', '-c:a', 'libopus']],
  ])('has exactly the frames shown from the in point to the out point: %s', async (name, options) => {
    const { path, times } = countingSource(name, options);

    // At a keyframe, between two frames.
    for (const start of [1.5, 3.05]) {
      const { facts, clip } = await render(path, start, start + 0.5);

      const shown = Array.from({ length: 15 }, (_, n) => {
        const now = facts.clockStartSeconds + start + n / 30 + 0.002;
        return (
          Math.max(
            0,
            times.findLastIndex((time) => time <= now),
          ) % 73
        );
      });
      const frames = frameLumas(clip.clipPath).map((luma) => frameNumber(luma));
      expect({ start, frames }).toEqual({ start, frames: shown });
    }
  });

  it('takes a time in milliseconds for the frame that begins within it', async () => {
    const path = makeSource({ folder, name: 'milliseconds.mkv', sound: false, durationSeconds: 2 });

    const { clip } = await render(path, 0.666, 1);

    expect(frameNumber(frameLumas(clip.clipPath)[0]!)).toBe(20);
  });

  it('keeps picture and sound together, wherever the cut falls', async () => {
    const path = makeSource({ folder, name: 'flashes.mp4', ...flashes });

    const { clip } = await render(path, 1.55, 4.55);

    const flash = frameLumas(clip.clipPath).findIndex((luma) => luma > 128) / 30;
    const beep = samplesOf(clip.clipPath).findIndex((sample) => Math.abs(sample) > 0.2) / 48_000;
    expect(flash).toBeCloseTo(0.45, 1);
    expect(Math.abs(flash - beep)).toBeLessThan(0.035);
  });

  it('fills in silence where the sound begins later than the picture', async () => {
    const path = makeSource({ folder, name: 'late.mp4', soundDelaySeconds: 3, options: ['-t', '6'] });

    const across = await render(path, 2, 4);
    const before = await render(path, 0.5, 2);

    const firstSound =
      samplesOf(across.clip.clipPath).findIndex((sample) => Math.abs(sample) > 0.02) / 48_000;
    expect(firstSound).toBeCloseTo(1, 1);
    expect(Number(across.probed.audio?.start_time)).toBeLessThan(0.02);
    expect(Number(before.probed.audio?.duration)).toBeCloseTo(1.5, 1);
  });

  it('has no sound where the source has none', async () => {
    const { facts, probed } = await render(makeSource({ folder, name: 'mute.mp4', sound: false }), 1, 2);

    expect(facts.audio).toBeUndefined();
    expect(probed.streams).toHaveLength(1);
  });

  it('draws the sound where there is no picture', async () => {
    const { facts, clip, probed } = await render(join(fixtures, 'speech.flac'), 2.5, 6);

    expect(facts.kind).toBe('audio');
    expect(probed.video).toMatchObject({ width: 1280, height: 720, r_frame_rate: '30/1', nb_frames: '105' });
    expect(Math.abs(Number(probed.format.duration) - 3.5)).toBeLessThan(1 / 30);
    expect(Number(probed.video?.start_time)).toBe(0);
    expect(Math.abs(Number(probed.audio?.start_time))).toBeLessThan(0.02);
    expect(probed.audio?.channels).toBe(2);
    // Speech is seen well, and is no block either.
    const heights = waveHeights(clip.clipPath, 0);
    expect(Math.max(...heights)).toBeGreaterThan(90);
    expect(Math.min(...heights)).toBeLessThan(40);
  });

  it('draws all of the sound at once, loud and soft, and a cursor at the time that is heard', async () => {
    const sound = "aevalsrc='0.5*sin(880*PI*t)*between(t,2,3)+0.05*sin(880*PI*t)*gt(t,5)':s=48000";
    const path = makeSource({ folder, name: 'loud-soft.m4a', picture: false, sound, durationSeconds: 8 });

    const { clip } = await render(path, 1, 7);

    const [first, later] = [0, 120].map((frame) => waveHeights(clip.clipPath, frame));
    const heightAt = (seconds: number) => first![Math.round((seconds / 6) * 1280)]!;
    expect(heightAt(1.5)).toBeGreaterThan(150);
    expect(heightAt(3)).toBeLessThan(20);
    expect(heightAt(5)).toBeGreaterThan(40);
    expect(heightAt(5)).toBeLessThan(heightAt(1.5) / 2);
    const isCursor = (column: number) => later![column]! >= 350;
    expect(first!.slice(0, 4).every((height) => height >= 350)).toBe(true);
    expect(later!.findIndex((_, column) => isCursor(column)) / 1280).toBeCloseTo(4 / 6, 2);
    const moved = later!.flatMap((height, column) => (height === first![column] ? [] : [column]));
    expect(moved.length).toBeLessThan(20);
  });
});

/** How many pixels of each column aren't black, in one frame of a clip of 1280 × 720. */
function waveHeights(path: string, frame: number): number[] {
  const graph = `select='eq(n,${frame})',format=gray`;
  const pixels = runFfmpegHere('-i', path, '-frames:v', '1', '-vf', graph, '-f', 'rawvideo', '-');
  const rows = Array.from({ length: 720 }, (_, row) => pixels.subarray(row * 1280, (row + 1) * 1280));
  return Array.from({ length: 1280 }, (_, column) => rows.filter((row) => row[column]! > 64).length);
}
