import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type Environment, resolveFfmpeg } from '../../layers/ffmpeg/resolve-ffmpeg.ts';
import { temporaryFolder } from '../support/media.ts';

const folder = temporaryFolder();

/** A program that only tells its version. */
function fake(path: string, script = 'echo "x version 9.9-fake by nobody"'): string {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

describe('the ffmpeg of this machine', () => {
  it('is the one that the variables name, before any other', () => {
    const ffmpegPath = fake(join(folder, 'named/my-ffmpeg'));
    const ffprobePath = fake(join(folder, 'named/my-ffprobe'));

    const found = resolveFfmpeg({
      FFMPEG_PATH: ffmpegPath,
      FFPROBE_PATH: ffprobePath,
      PATH: process.env.PATH,
    });

    expect(found).toEqual({ ffmpegPath, ffprobePath, version: '9.9-fake', origin: 'FFMPEG_PATH' });
  });

  it('is no other one in silence, when the one that is named does not run', () => {
    const broken = fake(join(folder, 'broken/ffmpeg'), 'exit 1');

    expect(() => resolveFfmpeg({ FFMPEG_PATH: broken, PATH: process.env.PATH })).toThrow(/FFMPEG_PATH/);
  });

  it('is found on the PATH, with the ffprobe that goes with it', () => {
    const bin = join(folder, 'bin');
    fake(join(bin, 'ffmpeg'));
    fake(join(bin, 'ffprobe'));

    const found = resolveFfmpeg({ PATH: `${folder}:${bin}` });

    expect(found).toMatchObject({ ffmpegPath: join(bin, 'ffmpeg'), origin: 'PATH' });
  });

  it('is not one that is on the PATH and does not run', () => {
    const bin = mkdtempSync(join(folder, 'bin-'));
    fake(join(bin, 'ffmpeg'), 'exit 139');
    fake(join(bin, 'ffprobe'));

    // Where npm's packages are installed they take over; else it's an error that says what to do.
    expect(originOrError({ PATH: bin })).toMatch(/@ffmpeg-installer|apt-get install/);
  });

  it('runs also when its file lost the right to', () => {
    const path = join(folder, 'bare', 'ffmpeg');
    mkdirSync(join(folder, 'bare'));
    copyFileSync(fake(join(folder, 'full', 'ffmpeg')), path);
    copyFileSync(path, join(folder, 'bare', 'ffprobe'));
    chmodSync(path, 0o644);
    chmodSync(join(folder, 'bare', 'ffprobe'), 0o644);

    expect(resolveFfmpeg({ FFMPEG_PATH: path }).version).toBe('9.9-fake');
  });
});

function originOrError(environment: Environment): string {
  try {
    return resolveFfmpeg(environment).origin;
  } catch (error) {
    return String(error);
  }
}
