import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { plainLook } from '../../core/media/clip/clip-look.ts';
import type { ByteSource, Media, SourceFacts } from '../../core/media/types.ts';
import { aSound } from './sound.ts';

export const someFacts: SourceFacts = {
  kind: 'audio',
  demuxer: 'flac',
  clockStartSeconds: 0,
  durationSeconds: 60,
  audio: { streamIndex: 0, codec: 'flac', channels: 1, sampleRateHz: 16_000 },
};

/** Media without ffmpeg, for tests about the life of a job: what it "renders" is the text of the range and the shape. */
export function memoryMedia(overrides: Partial<Media> = {}): Media & { renders: number } {
  const readAll = (source: ByteSource, signal: AbortSignal) => source.read(0, source.sizeBytes, signal);
  const media = {
    renders: 0,
    async probe(source: ByteSource, { signal }: { signal: AbortSignal }) {
      await readAll(source, signal);
      return { facts: someFacts, bytesRead: source.sizeBytes };
    },
    async extractAudio(
      source: ByteSource,
      _facts: SourceFacts,
      options: { folder: string; signal: AbortSignal },
    ) {
      await readAll(source, options.signal);
      const audioPath = join(options.folder, 'audio.flac');
      await writeFile(audioPath, 'sound');
      return { audioPath, sizeBytes: 5, bytesRead: source.sizeBytes };
    },
    async findScenes() {
      return { sceneSeconds: [], bytesRead: 0 };
    },
    async listen() {
      return aSound({ durationSeconds: 60, silences: [] });
    },
    async renderClip(
      source: ByteSource,
      _facts: SourceFacts,
      { startSeconds, endSeconds }: { startSeconds: number; endSeconds: number },
      { folder, signal, look = plainLook }: Parameters<Media['renderClip']>[3],
    ) {
      media.renders += 1;
      await readAll(source, signal);
      const files = await Promise.all(
        look.outputs.map(async (output, n) => {
          const path = join(folder, `clip-${media.renders}-${n}.mp4`);
          const posterPath = join(folder, `poster-${media.renders}-${n}.jpg`);
          await writeFile(path, `${startSeconds}-${endSeconds} ${n > 0 ? output.shape : ''}`.trim());
          await writeFile(posterPath, 'poster');
          return { output, path, posterPath, sizeBytes: 1, widthPixels: 2, heightPixels: 2 };
        }),
      );
      const { path: clipPath, ...first } = files[0]!;
      return {
        files,
        ...{ ...first, clipPath },
        durationSeconds: endSeconds - startSeconds,
        notes: [],
        bytesRead: 1,
      };
    },
    ...overrides,
  };
  return media;
}
