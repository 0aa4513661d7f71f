import {
  copyFileSync,
  mkdtempSync,
  openSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { SourceChanged } from '../../core/failures.ts';
import { createMedia } from '../../core/media/create-media.ts';
import type { ByteSource, SourceFacts } from '../../core/media/types.ts';
import { fileSource } from '../support/file-source.ts';
import { everyFfmpeg, fixtures, temporaryFolder } from '../support/media.ts';
import { makeSource } from '../support/media-sources.ts';

const folder = temporaryFolder();
const never = new AbortController().signal;
const talk = join(fixtures, 'talk.mp4');

describe.each(everyFfmpeg)('with ffmpeg $version', (paths) => {
  const logged: { message: string; fields: Record<string, unknown> }[] = [];
  const media = createMedia({ ...paths, log: (message, fields) => logged.push({ message, fields }) });
  const inFolder = (signal = never) => ({ folder: mkdtempSync(join(folder, 'out-')), signal });
  const factsOf = async (source: ByteSource) => (await media.probe(source, { signal: never })).facts;

  /** Fails like an object that was replaced, once `goodReads` reads have gone well. */
  function changing(source: ByteSource, goodReads: number): ByteSource {
    let reads = 0;
    return {
      ...source,
      async read(...range) {
        reads += 1;
        if (reads > goodReads) throw new SourceChanged('The file was replaced while we worked on it.');
        return source.read(...range);
      },
    };
  }

  it.each([0, 1, 5])(
    'a source that is replaced in mid-work ends each step as such, after %d reads',
    async (goodReads) => {
      const source = await fileSource(talk);
      const facts = await factsOf(source);
      const range = { startSeconds: 10, endSeconds: 40 };

      const endings = await Promise.allSettled([
        media.renderClip(changing(source, goodReads), facts, range, inFolder()),
        media.extractAudio(changing(source, goodReads), facts, inFolder()),
      ]);

      expect(endings).toEqual(endings.map(() => ({ status: 'rejected', reason: expect.any(SourceChanged) })));
    },
  );

  it('an abort ends it with its reason', async () => {
    const source = await fileSource(talk);
    const facts = await factsOf(source);
    const stop = new AbortController();
    const started: ByteSource = {
      ...source,
      read(...range) {
        if (range[0] > 500_000) stop.abort(new Error('the job was cancelled'));
        return source.read(...range);
      },
    };

    const rendering = media.renderClip(
      started,
      facts,
      { startSeconds: 5, endSeconds: 40 },
      inFolder(stop.signal),
    );

    await expect(rendering).rejects.toThrow('the job was cancelled');
  });

  it.each([
    ['the first bytes', 0],
    ['what ffprobe asks for', 4096],
  ])(
    'an abort ends the probe with its reason, also while it waits to read again: %s',
    async (_, goodBytes) => {
      const source = await fileSource(talk);
      const stop = new AbortController();
      const broken: ByteSource = {
        ...source,
        async read(...range) {
          if (range[1] <= goodBytes) return source.read(...range);
          setTimeout(() => stop.abort(new Error('out of time')), 20);
          throw new Error('connection reset');
        },
      };

      await expect(media.probe(broken, { signal: stop.signal })).rejects.toThrow('out of time');
    },
  );

  it('a clip beyond where a recording breaks off is damaged media, and the log holds a command to paste', async () => {
    const whole = makeSource({ folder, name: 'whole.mp4', options: ['-movflags', '+faststart'] });
    const facts: SourceFacts = await factsOf(await fileSource(whole));
    const path = join(folder, 'half.mp4');
    copyFileSync(whole, path);
    truncateSync(path, Math.floor(readFileSync(path).length / 2));
    logged.length = 0;

    const rendering = media.renderClip(
      await fileSource(path),
      facts,
      { startSeconds: 4.5, endSeconds: 5.5 },
      inFolder(),
    );

    await expect(rendering).rejects.toMatchObject({ name: 'DamagedMedia', code: 'damaged_media' });
    expect(logged[0]?.fields.command).toMatch(/^\S+ -hide_banner .* -i \S+ /);
  });

  const written = ['pictures-0.mp4', 'sound.wav', 'clip-0.mp4', 'candidates-0.mjpeg'];
  it.each(written)('a disk that is full is no fault of the file: %s', async (name) => {
    const source = await fileSource(talk);
    const facts = await factsOf(source);
    const out = inFolder();
    symlinkSync('/dev/full', join(out.folder, name));

    const rendering = media.renderClip(source, facts, { startSeconds: 5, endSeconds: 6 }, out);

    await expect(rendering).rejects.toMatchObject({ name: 'CommandFailed' });
    await expect(rendering).rejects.toThrow('No space left');
  });

  it('a small flaw is skipped, as players do', async () => {
    const whole = makeSource({ folder, name: 'flawed.mp4', options: ['-movflags', '+faststart'] });
    const { length } = readFileSync(whole);
    const file = openSync(whole, 'r+');
    writeSync(file, Buffer.alloc(40, 0xff), 0, 40, Math.floor(length * 0.55));
    const source = await fileSource(whole);
    const facts = await factsOf(source);

    const clip = await media.renderClip(source, facts, { startSeconds: 2, endSeconds: 4 }, inFolder());

    expect(Math.abs(clip.durationSeconds - 2)).toBeLessThanOrEqual(1 / 30);
  });
});

describe('a program that is not there', () => {
  it('fails in passing: the fault is not the file’s', async () => {
    const media = createMedia({ ffmpegPath: '/nowhere/ffmpeg', ffprobePath: '/nowhere/ffprobe' });

    await expect(media.probe(await fileSource(talk), { signal: never })).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });
});
