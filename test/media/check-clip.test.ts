import { copyFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { checkClip } from '../../core/media/clip/check-clip.ts';
import { createTools } from '../../core/media/ffmpeg/tools.ts';
import type { SourceFacts } from '../../core/media/types.ts';
import { everyFfmpeg, temporaryFolder } from '../support/media.ts';
import { makeSource } from '../support/media-sources.ts';

const folder = temporaryFolder();
const { signal } = new AbortController();
const facts = { audio: {} } as SourceFacts;
const expected = { inSeconds: 0, framesPerSecond: 30, frames: 60, durationSeconds: 2 };
const size = { widthPixels: 64, heightPixels: 64 };

describe.each(everyFfmpeg)('the check of a finished clip, with ffmpeg $version', (paths) => {
  const tools = createTools(paths);
  const whole = makeSource({
    ...{ folder, name: `whole-${paths.version}.mp4`, durationSeconds: 2 },
    options: ['-movflags', '+faststart'],
  });
  const check = (path: string, frames = expected.frames) =>
    checkClip(tools, path, facts, { ...expected, ...size, frames }, signal);

  it('lets pass what is whole, also with its last frame missing', async () => {
    await expect(check(whole)).resolves.toMatchObject(size);
    await expect(check(whole, 61)).resolves.toMatchObject(size);
  });

  it('finds one that has fewer frames than it should', async () => {
    await expect(check(whole, 62)).rejects.toMatchObject({ name: 'DamagedMedia' });
  });

  it('finds one that breaks off, though its index tells of all of it', async () => {
    const path = join(folder, `half-${paths.version}.mp4`);
    copyFileSync(whole, path);
    truncateSync(path, Math.floor(statSync(whole).size * 0.7));

    await expect(check(path)).rejects.toMatchObject({ name: 'DamagedMedia' });
  });
});
