import { chmodSync, copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
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
  const write = (name: string, content: string | Uint8Array) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };

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

  it.each([
    ['playlist.mp4', '#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://127.0.0.1:1/other.ts\n'],
    ['script.mp4', "ffconcat version 1.0\nfile '/etc/passwd'\n"],
    ['text.mp4', 'just some words\n'.repeat(400)],
    ['archive.mp4', `PK\x03\x04${'\0'.repeat(3000)}`],
    ['page.mp4', '<!doctype html><title>x</title>'],
    ['empty.mp4', ''],
  ])('refuses what is no recording: %s', async (name, content) => {
    await expect(probe(write(name, content))).rejects.toMatchObject({ name: 'NotMedia' });
  });

  it('refuses a picture, however it calls itself', async () => {
    const png = Buffer.concat([
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      deflateSync(Buffer.alloc(1_000_000)),
    ]);

    await expect(probe(write('picture.mp4', png))).rejects.toMatchObject({ name: 'NotMedia' });
  });

  it.each([
    ['small', '64x64', 'UnsupportedMedia'],
    ['a bomb', '8000x8000', 'MediaTooLarge'],
  ])('does not unpack a PNG that sits in a video container: %s', async (_, size, name) => {
    const path = join(folder, `png-${size}.mov`);
    runFfmpegHere('-f', 'lavfi', '-i', `color=black:s=${size}`, '-frames:v', '1', '-c:v', 'png', path);

    await expect(probe(path)).rejects.toMatchObject({ name });
  });

  it('refuses a picture larger than any player shows', async () => {
    const path = join(folder, 'huge.mov');
    const huge = ['-f', 'lavfi', '-i', 'color=black:s=12000x8000', '-frames:v', '1', '-c:v', 'mjpeg'];
    runFfmpegHere(...huge, '-pix_fmt', 'yuvj420p', path);

    await expect(probe(path)).rejects.toMatchObject({ name: 'MediaTooLarge' });
  });

  it('calls a recording without its index damaged', async () => {
    const path = join(folder, 'cut-off.mp4');
    copyFileSync(makeSource({ folder, name: 'whole.mp4', durationSeconds: 2 }), path);
    truncateSync(path, readFileSync(path).length - 3000);

    await expect(probe(path)).rejects.toMatchObject({ name: 'DamagedMedia' });
  });

  it('minds neither subtitles nor a PNG cover beside the video', async () => {
    const upright = makeSource({ folder, name: 'plain.mp4', durationSeconds: 1 });
    const subtitles = write('beside.srt', '1\n00:00:00,000 --> 00:00:01,000\nHello\n');
    const cover = join(folder, 'cover.png');
    runFfmpegHere('-f', 'lavfi', '-i', 'color=red:s=64x64', '-frames:v', '1', cover);
    const path = join(folder, 'beside.mkv');
    const attachment = ['-attach', cover, '-metadata:s:t', 'mimetype=image/png'];
    runFfmpegHere(
      '-i',
      upright,
      '-i',
      subtitles,
      '-map',
      '0',
      '-map',
      '1',
      '-c',
      'copy',
      ...attachment,
      path,
    );

    const { facts } = await probe(path);

    expect(facts.video?.codec).toBe('h264');
  });

  it('refuses what this ffmpeg has no decoder for, also with sound that it could read', async () => {
    const withoutH264 = `"${paths.ffmpegPath}" "$@" | sed 's/^ D\\(.\\{5\\} h264 .*\\)(decoders:[^)]*)/ .\\1/'`;
    const ffmpegPath = write(`without-h264-${paths.version}`, `#!/bin/sh\n${withoutH264}\n`);
    chmodSync(ffmpegPath, 0o755);
    const lacking = createMedia({ ...paths, ffmpegPath });

    const probing = lacking.probe(await fileSource(join(fixtures, 'talk.mp4')), { signal });

    await expect(probing).rejects.toMatchObject({
      name: 'UnsupportedMedia',
      message: "The recording's picture is in a format that we can't read: h264.",
    });
  });

  it('refuses a file with nothing to see or hear', async () => {
    const subtitles = write('words.srt', '1\n00:00:00,000 --> 00:00:01,000\nHello\n');
    const path = join(folder, 'words.mkv');
    runFfmpegHere('-i', subtitles, path);

    await expect(probe(path)).rejects.toMatchObject({ name: 'UnsupportedMedia' });
  });
});
