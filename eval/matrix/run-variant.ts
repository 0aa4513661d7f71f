import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ClipOutput } from '../../core/media/clip/clip-look.ts';
import { createMedia } from '../../core/media/create-media.ts';
import { createTools, type ToolPaths } from '../../core/media/ffmpeg/tools.ts';
import { measureLevels } from '../../core/media/sound/measure-levels.ts';
import { fileSource } from '../../test/support/file-source.ts';
import { rateOf } from './flash-and-beep.ts';
import { judgeClip, type Verdict } from './judge-clip.ts';
import { makeSource } from './make-source.ts';
import { reference } from './reference.ts';
import type { Variant } from './variant.ts';

export interface Result extends Verdict {
  variant: Variant;
  output: ClipOutput;
}

export interface Room {
  folder: string;
  signal: AbortSignal;
  /** Answers what is wrong when a browser plays a clip, in words. */
  play?: (path: string, size: readonly [number, number]) => Promise<string[]>;
}

/** Makes a recording of the kind, renders it in all `outputs` at once with `paths`, and judges what came out. */
export async function runVariant(
  paths: ToolPaths,
  variant: Variant,
  outputs: ClipOutput[],
  { folder, signal, play }: Room,
): Promise<Result[]> {
  const clipFolder = join(folder, `clips-${variant.file}`);
  mkdirSync(clipFolder);
  try {
    const media = createMedia(paths);
    const source = await fileSource(makeSource(variant, folder));
    const { facts } = await media.probe(source, { signal });
    const range = wholeFrames(variant.rate ?? '30');
    const look = { outputs, normalizeLoudness: true };
    const { files } = await media.renderClip(source, facts, range, { folder: clipFolder, signal, look });

    const results: Result[] = [];
    for (const file of files) {
      const { output } = file;
      const size = sizeOf(variant, output);
      const levels = facts.audio && (await levelsOf(file.path, signal));
      const verdict = judgeClip({ variant, file, range, size, levels });
      const played = (await play?.(file.path, size)) ?? [];
      results.push({ variant, output, ...verdict, violations: [...verdict.violations, ...played] });
    }
    return results;
  } catch (error) {
    return outputs.map((output) => ({ variant, output, violations: [String(error)] }));
  } finally {
    rmSync(clipFolder, { recursive: true, force: true });
  }
}

/** About 1.1 s to 3.6 s, from one frame's beginning to another's: else a flash would be off by part of a frame. */
function wholeFrames(rate: string) {
  const frame = (seconds: number) => Math.round(seconds * rateOf(rate)) / rateOf(rate);
  return { startSeconds: frame(1.1), endSeconds: frame(3.6) };
}

function sizeOf({ size, clipSize }: Variant, { shape }: ClipOutput): readonly [number, number] {
  if (shape === 'vertical') return [1080, 1920];
  if (shape === 'square') return [1080, 1080];
  return clipSize ?? (size || [320, 180]);
}

function levelsOf(path: string, signal: AbortSignal) {
  return measureLevels(createTools(reference), { path, demuxer: 'mov' }, { signal, wallSeconds: 60 });
}
