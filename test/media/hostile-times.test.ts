import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createMedia } from '../../core/media/create-media.ts';
import { fileSource } from '../support/file-source.ts';
import { everyFfmpeg, probeFile, runFfmpegHere, temporaryFolder } from '../support/media.ts';

const folder = temporaryFolder();
const { signal } = new AbortController();

describe.each(everyFfmpeg)('times that lie, with ffmpeg $version', (paths) => {
  const media = createMedia(paths);

  it('sound that says it begins ten hours later is not waited for in silence', async () => {
    const path = join(folder, 'late.mkv');
    runFfmpegHere(
      ...['-f', 'lavfi', '-i', 'color=gray:s=64x64:r=25:d=4', '-itsoffset', '36000'],
      ...['-f', 'lavfi', '-i', 'sine=d=4', '-map', '0', '-map', '1', path],
    );
    const source = await fileSource(path);
    const { facts } = await media.probe(source, { signal });
    expect(facts.durationSeconds).toBeLessThan(5);

    const { audioPath } = await media.extractAudio(source, facts, {
      folder: mkdtempSync(join(folder, 'late-')),
      signal,
    });

    expect(Number(probeFile(audioPath).format.duration)).toBeLessThanOrEqual(facts.durationSeconds + 1.1);
  });
});
