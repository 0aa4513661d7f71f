import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createMedia } from '../../core/media/create-media.ts';
import { fileSource } from '../support/file-source.ts';
import { everyFfmpeg, fixtures, probeFile, samplesOf, temporaryFolder } from '../support/media.ts';
import { makeSource } from '../support/media-sources.ts';

const folder = temporaryFolder();
const { signal } = new AbortController();

describe.each(everyFfmpeg)('the sound of a source, with ffmpeg $version', (paths) => {
  const media = createMedia(paths);

  async function extract(path: string) {
    const source = await fileSource(path);
    const { facts } = await media.probe(source, { signal });
    const fractions: number[] = [];
    const audio = await media.extractAudio(source, facts, {
      folder: mkdtempSync(join(folder, 'audio-')),
      signal,
      onProgress: (fraction) => fractions.push(fraction),
    });
    return { ...audio, fractions };
  }

  it('is FLAC, 16 kHz, mono, as long as the source', async () => {
    const { audioPath, sizeBytes, fractions } = await extract(join(fixtures, 'talk.mp4'));

    const { audio, format } = probeFile(audioPath);
    expect(audio).toMatchObject({ codec_name: 'flac', sample_rate: '16000', channels: 1 });
    expect(Number(format.duration)).toBeCloseTo(42.4, 1);
    expect(sizeBytes).toBeLessThan(2_000_000);
    expect(fractions.at(-1)).toBe(1);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  });

  it.each(['late.mp4', 'late.mkv', 'late.ts'])(
    'keeps the clock of the picture when it begins late: %s',
    async (name) => {
      const path = makeSource({ folder, name, soundDelaySeconds: 2, options: ['-t', '5'] });

      const { audioPath } = await extract(path);

      const onset = samplesOf(audioPath).findIndex((sample) => Math.abs(sample) > 0.02) / 48_000;
      expect(Math.abs(onset - 2)).toBeLessThan(0.05);
    },
  );

  it.each(['scenes.mp4', 'scenes.mkv', 'scenes.ts'])(
    'is not missed where there is none: %s tells where its scenes begin',
    async (name) => {
      // A keyframe every 1.5 s, wherever the scenes begin: each scene is seen on its first keyframe.
      const picture = "color=s=64x64:r=30,geq=lum='60+80*mod(floor(T/4.2),2)':cb=128:cr=128";
      const path = makeSource({
        folder,
        name,
        picture,
        sound: false,
        durationSeconds: 14,
      });
      const source = await fileSource(path);
      const { facts } = await media.probe(source, { signal });

      const { sceneSeconds, bytesRead } = await media.findScenes(source, facts, { signal });

      expect(sceneSeconds.map((seconds) => Math.floor(seconds / 4.2))).toEqual([1, 2, 3]);
      expect(sceneSeconds.map((seconds) => seconds % 1.5 < 0.01)).toEqual([true, true, true]);
      // A stream that tells no length is looked at from both ends, and its end is read again when it is reached.
      expect(bytesRead).toBeGreaterThanOrEqual(source.sizeBytes);
      expect(bytesRead).toBeLessThanOrEqual(source.sizeBytes + 64 * 1024);
    },
  );

  it('has no scenes where somebody only talks, nor where reading all of it would take too long', async () => {
    const talk = await fileSource(join(fixtures, 'talk.mp4'));
    const { facts } = await media.probe(talk, { signal });

    const ofTalk = await media.findScenes(talk, facts, { signal });
    const ofLong = await media.findScenes(talk, { ...facts, durationSeconds: 20_000 }, { signal });

    expect(ofTalk.sceneSeconds).toEqual([]);
    expect(ofLong).toEqual({ sceneSeconds: [], bytesRead: 0 });
  });

  it('shows where somebody speaks and where nobody does', async () => {
    const sound = "aevalsrc='0.002*(random(0)-0.5)+0.3*sin(440*2*PI*t)*between(mod(t,4),1,3)':s=16000";
    const audio = makeSource({ folder, name: 'turns.flac', picture: false, sound, durationSeconds: 12 });

    const heard = await media.listen(await fileSource(audio), { signal });

    expect(heard.durationSeconds).toBe(12);
    expect(heard.stepSeconds).toBe(0.05);
    expect(heard.lufs).toHaveLength(240);
    expect(heard.lufs[40]).toBeGreaterThan(-20);
    expect(heard.lufs[90]).toBeLessThan(-50);
    const rounded = heard.silences.map(({ startSeconds, endSeconds }) =>
      [startSeconds, endSeconds].map(Math.round),
    );
    expect(rounded).toEqual([
      [0, 1],
      [3, 5],
      [7, 9],
      [11, 12],
    ]);
  });

  it('hears no pause in a steady sound, and nothing else in silence', async () => {
    const steady = makeSource({ folder, name: 'steady.flac', picture: false, durationSeconds: 3 });
    const silent = makeSource({
      folder,
      name: 'silent.flac',
      picture: false,
      sound: 'anullsrc=r=16000',
      durationSeconds: 3,
    });

    const ofSteady = await media.listen(await fileSource(steady), { signal });
    const ofSilent = await media.listen(await fileSource(silent), { signal });

    expect(ofSteady.silences).toEqual([]);
    expect(ofSilent.silences).toHaveLength(1);
    expect(Math.max(...Array.from(ofSilent.lufs))).toBeLessThanOrEqual(-70);
  });
});
