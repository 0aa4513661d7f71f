import type { Cue } from '../media/captions/cue.ts';
import { writeSrt, writeVtt } from '../media/captions/write-captions.ts';
import type { RenderedClip } from '../media/types.ts';
import type { ObjectFacts, ObjectStore } from '../ports/object-store.ts';
import type { PlannedFile } from './clip-files.ts';
import type { Clip } from './job.ts';

type Result = Pick<Clip, 'durationSeconds' | 'bytesRead' | 'notes'>;

/** Puts a rendered clip into the bucket: what is there stays, and the first of its files comes last. */
export async function putFiles(
  clips: Pick<ObjectStore, 'putFile' | 'putBytes'>,
  planned: readonly PlannedFile[],
  rendered: RenderedClip,
  cues: readonly Cue[],
): Promise<void> {
  const [first, ...others] = planned;
  for (const file of others) {
    const { key, contentType } = file;
    if (file.kind === 'captions') {
      const text = file.format === 'vtt' ? writeVtt(cues) : writeSrt(cues);
      await clips.putBytes(key, new TextEncoder().encode(text), { contentType, once: true });
    } else await clips.putFile(key, pathOf(rendered, file), { contentType, once: true });
  }
  if (!first) throw new Error('A clip has at least one file.');
  const { key, contentType } = first;
  const metadata = writeResult(rendered);
  await clips.putFile(key, pathOf(rendered, first), { contentType, metadata, once: true });
}

function pathOf({ files }: RenderedClip, { kind, shape, fit }: PlannedFile): string {
  const file = files.find(({ output }) => output.shape === shape && output.fit === fit);
  if (!file) throw new Error(`Nothing was rendered as ${shape}, ${fit}.`);
  return kind === 'poster' ? file.posterPath : file.path;
}

/** What only the rendering knows goes along with the file: whoever adopts that later knows it, too. */
function writeResult({ durationSeconds, bytesRead, notes }: RenderedClip): ObjectFacts['metadata'] {
  return {
    'duration-seconds': String(durationSeconds),
    'bytes-read': String(bytesRead),
    // Metadata is ASCII, notes name characters of any script.
    ...(notes.length > 0 && { notes: encodeURIComponent(JSON.stringify(notes)) }),
  };
}

export function readResult(metadata: ObjectFacts['metadata']): Result {
  return {
    durationSeconds: Number(metadata['duration-seconds']),
    bytesRead: Number(metadata['bytes-read']),
    notes: metadata.notes ? JSON.parse(decodeURIComponent(metadata.notes)) : undefined,
  };
}
