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
    const { facts, audioSeconds } = await extract({ pictureSeconds: 4, lateSeconds: 36_000 });

    expect(facts.durationSeconds).toBeLessThan(5);
    expect(audioSeconds).toBeGreaterThan(0);
    expect(audioSeconds).toBeLessThanOrEqual(facts.durationSeconds + 1.1);
  });

  // ffmpeg fills a gap in one piece: a hole of that length in 48 kHz floats would be more than it may allocate.
  it('sound that begins three hours late stays three hours late', async () => {
    const { audioSeconds } = await extract({ pictureSeconds: 10_810, lateSeconds: 10_800 });

    expect(audioSeconds).toBeCloseTo(10_804, 1);
  });

  async function extract({ pictureSeconds, lateSeconds }: { pictureSeconds: number; lateSeconds: number }) {
    const path = join(folder, 'late.mkv');
    runFfmpegHere(
      ...[
        '-f',
        'lavfi',
        '-i',
        `color=gray:s=64x64:r=1:d=${pictureSeconds}`,
        '-itsoffset',
        String(lateSeconds),
      ],
      ...['-f', 'lavfi', '-i', 'sine=r=48000:d=4', '-map', '0', '-map', '1', path],
    );
    const source = await fileSource(path);
    const { facts } = await media.probe(source, { signal });
    const { audioPath } = await media.extractAudio(source, facts, {
      folder: mkdtempSync(join(folder, 'late-')),
      signal,
    });
    return { facts, audioSeconds: Number(probeFile(audioPath).format.duration) };
  }
});
