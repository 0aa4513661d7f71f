import type { Cue } from '../media/captions/cue.ts';
import type { Fit, Shape } from '../media/clip/clip-look.ts';
import { outputSize } from '../media/clip/output-size.ts';
import { posterSize } from '../media/poster/candidate-args.ts';
import type { SourceFacts } from '../media/types.ts';
import type { ObjectFacts, ObjectStore } from '../ports/object-store.ts';
import { clipFileKeys } from '../uploads/keys.ts';
import type { Clip, JobSettings } from './job.ts';
import { outputsOf } from './look-of.ts';

/** One of the files that make up a finished clip. */
export interface ClipFile {
  kind: 'video' | 'poster' | 'captions';
  format: 'mp4' | 'jpg' | 'vtt' | 'srt';
  contentType: string;
  key: string;
  etag: string;
  sizeBytes: number;
  /** Of videos and posters, as the next three. */
  shape?: Shape;
  fit?: Fit;
  widthPixels?: number;
  heightPixels?: number;
}

export type PlannedFile = Omit<ClipFile, 'etag' | 'sizeBytes'>;

/** Which files a clip with these words will have; the first one is to be written last. */
export function planFiles(
  settings: JobSettings,
  facts: SourceFacts,
  { key }: Pick<Clip, 'key'>,
  cues: readonly Cue[],
): PlannedFile[] {
  const outputs = outputsOf(settings);
  const keys = clipFileKeys(key, outputs);
  const pictures = outputs.flatMap((output, n): PlannedFile[] => {
    const size = outputSize(facts, output.shape);
    const { video, poster } = keys.outputs[n]!;
    return [
      { kind: 'video', format: 'mp4', contentType: 'video/mp4', key: video, ...output, ...size },
      {
        kind: 'poster',
        format: 'jpg',
        contentType: 'image/jpeg',
        key: poster,
        ...output,
        ...posterSize(size),
      },
    ];
  });
  if (cues.length === 0) return pictures;
  return [
    ...pictures,
    { kind: 'captions', format: 'vtt', contentType: 'text/vtt', key: keys.captions.vtt },
    { kind: 'captions', format: 'srt', contentType: 'application/x-subrip', key: keys.captions.srt },
  ];
}

/** The same files as they lie in the bucket, the first with its metadata; undefined unless all are there. */
export async function findFiles(
  clips: Pick<ObjectStore, 'head'>,
  planned: readonly PlannedFile[],
): Promise<{ files: ClipFile[]; metadata: ObjectFacts['metadata'] } | undefined> {
  const [first, ...others] = planned;
  // The others are asked for only where there is the one that is written last.
  const found = [first && (await clips.head(first.key))];
  if (found[0]) found.push(...(await Promise.all(others.map(({ key }) => clips.head(key)))));

  const files = planned.flatMap((file, n): ClipFile[] => {
    const object = found[n];
    return object ? [{ ...file, etag: object.etag, sizeBytes: object.sizeBytes }] : [];
  });
  return files.length === planned.length ? { files, metadata: found[0]?.metadata ?? {} } : undefined;
}
