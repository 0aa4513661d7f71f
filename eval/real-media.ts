import { writeFile } from 'node:fs/promises';
import { createMedia } from '../core/media/create-media.ts';
import { runFfmpeg } from '../core/media/ffmpeg/run-ffmpeg.ts';
import type { Sound, SourceFacts } from '../core/media/types.ts';
import { type Ffmpeg, resolveFfmpeg } from '../layers/ffmpeg/resolve-ffmpeg.ts';
import { fileSource } from '../test/support/file-source.ts';
import { sampleRateHz } from './synthesis/render-plan.ts';

const { signal } = new AbortController();

/** What the product does with a file, as far as the listening goes; and what of it a witness can check. */
export function realMedia(environment: Record<string, string | undefined>) {
  const paths: Ffmpeg = resolveFfmpeg(environment);
  const media = createMedia(paths);
  return {
    version: paths.version,
    /** Probe, extract the audio into `folder`, listen: the product's own way. */
    async hear(
      path: string,
      folder: string,
    ): Promise<{ facts: SourceFacts; sound: Sound; listenSeconds: number }> {
      const source = await fileSource(path);
      const { facts } = await media.probe(source, { signal });
      const { audioPath } = await media.extractAudio(source, facts, { folder, signal });
      const started = performance.now();
      const sound = await media.listen(await fileSource(audioPath), { signal });
      return { facts, sound, listenSeconds: (performance.now() - started) / 1000 };
    },
    /** Mono at 16 kHz, −1 to 1. */
    async samples(path: string): Promise<Float64Array> {
      const pieces: Uint8Array[] = [];
      const format = ['-ar', String(sampleRateHz), '-ac', '1', '-f', 's16le', 'pipe:1'];
      await runFfmpeg(paths.ffmpegPath, ['-nostdin', '-v', 'error', '-i', path, '-map', '0:a:0', ...format], {
        signal,
        wallSeconds: 60,
        readBytes: (bytes) => pieces.push(bytes),
      });
      const bytes = Buffer.concat(pieces);
      return Float64Array.from({ length: bytes.length >> 1 }, (_, n) => bytes.readInt16LE(2 * n) / 32_768);
    },
  };
}

/** A WAV file of signed 16-bit samples, 16 kHz, mono. */
export async function writeWav(path: string, pcm: Uint8Array): Promise<void> {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + pcm.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRateHz, 24);
  header.writeUInt32LE(sampleRateHz * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(pcm.length, 40);
  await writeFile(path, Buffer.concat([header, pcm]));
}
