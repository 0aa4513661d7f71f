import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createMedia } from '../../core/media/create-media.ts';
import { fileSource } from '../support/file-source.ts';
import { everyFfmpeg, fixtures, runFfmpegHere, temporaryFolder } from '../support/media.ts';
import { makeSource } from '../support/media-sources.ts';

const folder = temporaryFolder();
const { signal } = new AbortController();

describe.each(everyFfmpeg)('probing with ffmpeg $version', (paths) => {
  const media = createMedia(paths);
  const probe = async (path: string) => media.probe(await fileSource(path), { signal });

  it('tells what a talk is, from a fraction of its bytes', async () => {
    const { facts, bytesRead } = await probe(join(fixtures, 'talk.mp4'));

    expect(facts).toMatchObject({
      kind: 'video',
      demuxer: 'mov',
      durationSeconds: 42.4,
      clockStartSeconds: 0,
    });
    expect(facts.video).toMatchObject({
      streamIndex: 0,
      codec: 'h264',
      widthPixels: 1280,
      heightPixels: 720,
    });
    expect(facts.video).toMatchObject({ rotationDegrees: 0, framesPerSecond: 30, interlaced: false });
    expect(facts.audio).toEqual({ streamIndex: 1, codec: 'aac', channels: 2, sampleRateHz: 48_000 });
    expect(bytesRead).toBeLessThan(200_000);
  });

  it.each([
    ['a.mp3', 'mp3', ['-c:a', 'libmp3lame']],
    ['a.m4a', 'mov', ['-c:a', 'aac']],
    ['a.aac', 'aac', ['-c:a', 'aac']],
    ['a.ogg', 'ogg', ['-c:a', 'libvorbis']],
    ['a.opus', 'ogg', ['-c:a', 'libopus']],
    ['a.flac', 'flac', ['-c:a', 'flac']],
    ['a.wav', 'wav', []],
    ['a.wma', 'asf', ['-c:a', 'wmav2']],
    ['a.aiff', 'aiff', []],
  ])('knows %s', async (name, demuxer, options) => {
    const path = makeSource({ folder, name, picture: false, durationSeconds: 3, options });

    const { facts } = await probe(path);

    expect(facts).toMatchObject({ kind: 'audio', demuxer });
    expect(facts.durationSeconds).toBeGreaterThan(2.9);
    expect(facts.durationSeconds).toBeLessThan(3.2);
  });

  it('reads rotation clockwise', async () => {
    const upright = makeSource({ folder, name: 'upright.mp4', durationSeconds: 1 });
    const path = join(folder, 'turned.mp4');
    runFfmpegHere('-i', upright, '-c', 'copy', '-metadata:s:v:0', 'rotate=270', path);

    const { facts } = await probe(path);

    expect(facts.video?.rotationDegrees).toBe(90);
  });

  it('takes a cover for no video', async () => {
    const cover = join(folder, 'cover.jpg');
    runFfmpegHere('-f', 'lavfi', '-i', 'color=red:s=64x64', '-frames:v', '1', cover);
    const path = join(folder, 'album.mp3');
    const sound = ['-f', 'lavfi', '-i', 'sine=d=2', '-i', cover, '-map', '0', '-map', '1', '-c:v', 'copy'];
    runFfmpegHere(...sound, '-disposition:v', 'attached_pic', path);

    const { facts } = await probe(path);

    expect(facts.kind).toBe('audio');
  });

  it.each([
    ['unmarked.mkv', []],
    ['unmarked.mp4', []],
    ['unmarked-live.mkv', ['-live', '1', '-f', 'matroska']],
  ])('takes a single picture for a cover though nothing marks it as one: %s', async (name, options) => {
    const path = join(folder, name);
    const inputs = ['-f', 'lavfi', '-i', 'sine=d=4', '-f', 'lavfi', '-i', 'color=red:s=64x64:d=0.04'];
    runFfmpegHere(...inputs, '-map', '0', '-map', '1', '-c:a', 'aac', '-c:v', 'mjpeg', ...options, path);

    const { facts } = await probe(path);

    expect(facts.kind).toBe('audio');
    expect(facts.durationSeconds).toBeCloseTo(4, 0);
  });

  it('reads a live recording, that has no length in its header, to its end', async () => {
    const path = makeSource({
      folder,
      name: 'live.webm',
      options: ['-c:a', 'libopus', '-live', '1', '-f', 'matroska'],
    });

    const { facts } = await probe(path);

    expect(facts.durationSeconds).toBeCloseTo(6, 0);
  });

  it.each([
    ['varying.mp3', ['-c:a', 'libmp3lame', '-q:a', '4', '-write_xing', '0']],
    ['varying.aac', ['-c:a', 'aac', '-q:a', '1']],
  ])('counts the frames of a bit rate that varies and is not noted: %s', async (name, options) => {
    const sound = "aevalsrc='0.2*(random(0)-0.5)*gt(t,20)':s=48000";
    const path = makeSource({ folder, name, picture: false, sound, durationSeconds: 40, options });

    const { facts } = await probe(path);

    expect(facts.durationSeconds).toBeCloseTo(40, 0);
  });

  it('minds neither subtitles nor a PNG cover beside the video', async () => {
    const upright = makeSource({ folder, name: 'plain.mp4', durationSeconds: 1 });
    const subtitles = join(folder, 'beside.srt');
    writeFileSync(subtitles, '1\n00:00:00,000 --> 00:00:01,000\nHello\n');
    const cover = join(folder, 'cover.png');
    runFfmpegHere('-f', 'lavfi', '-i', 'color=red:s=64x64', '-frames:v', '1', cover);
    const path = join(folder, 'beside.mkv');
    const inputs = ['-i', upright, '-i', subtitles, '-map', '0', '-map', '1', '-c', 'copy'];
    runFfmpegHere(...inputs, '-attach', cover, '-metadata:s:t', 'mimetype=image/png', path);

    const { facts } = await probe(path);

    expect(facts.video?.codec).toBe('h264');
  });
});
