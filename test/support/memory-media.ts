import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ByteSource, Media, SourceFacts } from '../../core/media/types.ts';
import { aSound } from './sound.ts';

export const someFacts: SourceFacts = {
  kind: 'audio',
  demuxer: 'flac',
  clockStartSeconds: 0,
  durationSeconds: 60,
  audio: { streamIndex: 0, codec: 'flac', channels: 1, sampleRateHz: 16_000 },
};

/** Media without ffmpeg, for tests about the life of a job: what it "renders" is the text of the range. */
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
    async listen() {
      return aSound({ durationSeconds: 60, silences: [] });
    },
    async renderClip(
      source: ByteSource,
      _facts: SourceFacts,
      { startSeconds, endSeconds }: { startSeconds: number; endSeconds: number },
      { folder, signal }: { folder: string; signal: AbortSignal },
    ) {
      media.renders += 1;
      await readAll(source, signal);
      const clipPath = join(folder, `clip-${media.renders}.mp4`);
      const posterPath = join(folder, `poster-${media.renders}.jpg`);
      await writeFile(clipPath, `${startSeconds}-${endSeconds}`);
      await writeFile(posterPath, 'poster');
      const file = { posterPath, sizeBytes: 1, widthPixels: 2, heightPixels: 2 };
      return {
        files: [{ output: { shape: 'source' as const, fit: 'crop' as const }, path: clipPath, ...file }],
        ...{ clipPath, ...file },
        durationSeconds: endSeconds - startSeconds,
        notes: [],
        bytesRead: 1,
      };
    },
    ...overrides,
  };
  return media;
}
