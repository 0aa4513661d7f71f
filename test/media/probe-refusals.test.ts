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
