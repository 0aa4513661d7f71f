import { DamagedMedia } from '../../core/failures.ts';
import { plainLook } from '../../core/media/clip/clip-look.ts';
import type { ByteSource, Media, Sound } from '../../core/media/types.ts';
import type { ObjectStore } from '../../core/ports/object-store.ts';
import { someFacts } from '../../test/support/memory-media.ts';
import type { memoryObjectStore } from '../../test/support/memory-object-store.ts';
import { aSound } from '../../test/support/sound.ts';

let sound: Sound | undefined;

export type Damage = 'none' | 'for now' | 'for good';

/** Media and a disk in memory: what is rendered is the text of the range, and of the folder it is rendered in. */
export function quickMedia() {
  const disk = new Map<string, string>();
  const write = (path: string, content: string) => {
    disk.set(path, content);
    return path;
  };
  const work = async (source: ByteSource, signal: AbortSignal, damage: Damage) => {
    await source.read(0, source.sizeBytes, signal);
    if (damage === 'for good') throw new DamagedMedia('Injected: damaged.');
    if (damage === 'for now') throw new Error('Injected: ffmpeg failed.');
    signal.throwIfAborted();
  };

  /** Media for one call of a function, whose work comes out as `damage` says. */
  const mediaWith = (damage: Damage): Media => ({
    async probe(source, { signal }) {
      await work(source, signal, damage);
      return { facts: someFacts, bytesRead: source.sizeBytes };
    },
    async extractAudio(source, _facts, { folder, signal, onProgress }) {
      onProgress?.(0.5);
      await source.read(0, source.sizeBytes, signal);
      signal.throwIfAborted();
      return { audioPath: write(`${folder}/audio.flac`, 'sound'), sizeBytes: 5, bytesRead: source.sizeBytes };
    },
    findScenes: async () => ({ sceneSeconds: [], bytesRead: 0 }),
    async listen(audio, { signal }) {
      await audio.read(0, audio.sizeBytes, signal);
      sound ??= aSound({ durationSeconds: someFacts.durationSeconds });
      return sound;
    },
    async renderClip(
      source,
      _facts,
      { startSeconds, endSeconds },
      { folder, signal, look = plainLook, onProgress },
    ) {
      onProgress?.(0.5);
      await work(source, signal, damage);
      const files = look.outputs.map((output, n) => ({
        output,
        // No two renderings are the same to the byte.
        path: write(`${folder}/${n}.mp4`, `${startSeconds}-${endSeconds} ${folder}`),
        posterPath: write(`${folder}/${n}.jpg`, `poster ${folder}`),
        sizeBytes: 1,
        widthPixels: 2,
        heightPixels: 2,
      }));
      const { path: clipPath, ...first } = files[0]!;
      return {
        files,
        ...first,
        clipPath,
        durationSeconds: endSeconds - startSeconds,
        notes: [],
        bytesRead: 1,
      };
    },
  });

  /** The bucket, taking files from the same disk. */
  const withDisk = (objects: ReturnType<typeof memoryObjectStore>): ObjectStore => ({
    ...objects,
    async putFile(key, path, { contentType, metadata, once }) {
      const content = new TextEncoder().encode(disk.get(path));
      const existing = once && (await objects.head(key));
      const { etag, sizeBytes } = existing || objects.put(key, content, { contentType, metadata });
      return { created: !existing, etag, sizeBytes };
    },
  });
  return { mediaWith, withDisk };
}
