import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { inParallel } from '../cli/upload/in-parallel.ts';
import { extractAudio } from '../core/media/analysis/extract-audio.ts';
import { listenToAudio } from '../core/media/analysis/listen-to-audio.ts';
import type { TimeRange } from '../core/media/clip/clip-span.ts';
import { renderClip } from '../core/media/clip/render-clip.ts';
import { probeSource } from '../core/media/probe/probe-source.ts';
import { resolveFfmpeg } from '../layers/ffmpeg/resolve-ffmpeg.ts';
import { fileSource } from '../test/support/file-source.ts';
import { type Command, onFile, recordingTools, runInTurn } from './commands.ts';

/** What a job makes ffmpeg do, as a person would type it. */
export interface ByHand {
  probe: Command[];
  /** Takes the sound out, and decodes that for analysis. */
  audio: Command[];
  clips: Command[][];
}

/** Notes the commands of a job while the product's own code runs them on a local file: nothing is written twice. */
export async function noteCommands(
  path: string,
  ranges: readonly TimeRange[],
  { folder, signal, withAudio = true }: { folder: string; signal: AbortSignal; withAudio?: boolean },
): Promise<ByHand> {
  const { tools, commands } = recordingTools(resolveFfmpeg(process.env));
  const taken = (file: string) => commands.splice(0).map((command) => onFile(command, file));
  const source = await fileSource(path);

  const { facts } = await probeSource(tools, source, { signal });
  const probe = taken(path);
  const audio: Command[] = [];
  if (withAudio) {
    const { audioPath } = await extractAudio(tools, source, facts, { folder, signal });
    audio.push(...taken(path));
    await listenToAudio(tools, await fileSource(audioPath), { signal });
    audio.push(...taken(audioPath));
  }
  const clips: Command[][] = [];
  for (const [n, range] of ranges.entries()) {
    const own = join(folder, `clip-${n}`);
    mkdirSync(own);
    await renderClip(tools, source, facts, range, { folder: own, signal });
    clips.push(taken(path));
  }
  return { probe, audio, clips };
}

/** Runs it all: first what each next step needs to know, then as many clips at a time as there are cores. */
export async function runByHand(
  { probe, audio, clips }: ByHand,
  signal: AbortSignal,
): Promise<{ seconds: number; firstClipSeconds: number }> {
  const startedAt = performance.now();
  const elapsed = () => (performance.now() - startedAt) / 1000;
  await runInTurn([...probe, ...audio], signal);
  let firstClipSeconds: number | undefined;
  await inParallel(clips, availableParallelism(), signal, async (commands, either) => {
    await runInTurn(commands, either);
    firstClipSeconds ??= elapsed();
  });
  return { seconds: elapsed(), firstClipSeconds: firstClipSeconds ?? elapsed() };
}
