import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plainLook } from '../../core/media/clip/clip-look.ts';
import { createMedia } from '../../core/media/create-media.ts';
import type { ToolPaths } from '../../core/media/ffmpeg/tools.ts';
import { createRandom } from '../../eval/synthesis/random.ts';
import { fileSource } from '../../test/support/file-source.ts';
import type { TrialCounts, TrialOptions } from '../run-trial.ts';
import { differences, lookAtClip } from './look-at-clip.ts';
import { type CutSource, cutSources, makeCutSource, sourceSeconds } from './sources.ts';

/**
 * Cuts random ranges out of each source in turn, fast and exactly, and holds the one clip against the other: the same
 * frames at the same times, the same sound, nothing to complain of for a decoder.
 */
export async function tryCuts({
  runs,
  seed,
  signal,
  print,
  everyFfmpeg,
  sources = cutSources,
}: TrialOptions & { everyFfmpeg: ToolPaths[]; sources?: readonly CutSource[] }): Promise<TrialCounts> {
  const folder = mkdtempSync(join(tmpdir(), 'clipwright-cuts-'));
  const random = createRandom(seed);
  const made = new Map<CutSource, string>();
  const counts = { runs: 0, copied: 0, encoded: 0, caught_by_the_check: 0, violations: 0 };
  try {
    for (; counts.runs < runs && !signal.aborted; counts.runs += 1) {
      const source = sources[counts.runs % sources.length]!;
      const paths = everyFfmpeg[Math.floor(counts.runs / sources.length) % everyFfmpeg.length]!;
      const path = made.get(source) ?? makeCutSource(folder, source);
      made.set(source, path);
      const length = random.whole(1000, 8000) / 1000;
      const start = random.whole(0, (sourceSeconds - length) * 1000) / 1000;
      const tried = await tryCut(
        paths,
        path,
        { startSeconds: start, endSeconds: start + length },
        folder,
        signal,
      );

      const { isCopied, reason, wrong } = tried;
      counts[isCopied ? 'copied' : 'encoded'] += 1;
      if (/join|other frames/.test(reason ?? '')) counts.caught_by_the_check += 1;
      if (source.isUnsuited && isCopied) wrong.push('copied');
      if (wrong.length > 0) counts.violations += 1;
      print(`${source.name} ${start}+${length}: ${isCopied ? 'copied' : `encoded (${reason})`}`);
      for (const what of wrong) print(`  WRONG: ${what}`);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    rmSync(folder, { recursive: true });
  }
  return counts;
}

async function tryCut(
  paths: ToolPaths,
  path: string,
  range: { startSeconds: number; endSeconds: number },
  parent: string,
  signal: AbortSignal,
) {
  let reason: string | undefined;
  const media = createMedia({
    ...paths,
    log: (_, fields) => {
      reason ??= String(fields.stderr ?? fields.reason);
    },
  });
  const source = await fileSource(path);
  const { facts } = await media.probe(source, { signal });
  const folder = join(parent, 'clips');
  const render = async (cut: 'fast' | 'exact') => {
    const own = join(folder, cut);
    mkdirSync(own, { recursive: true });
    return media.renderClip(source, facts, range, { folder: own, signal, look: { ...plainLook, cut } });
  };
  try {
    const [exact, fast] = [await render('exact'), await render('fast')];
    const wrong = differences(lookAtClip(fast.clipPath), lookAtClip(exact.clipPath));
    if (fast.bytesRead > exact.bytesRead && fast.notes.length === 0) {
      wrong.push(`it read ${fast.bytesRead} bytes, the exact one ${exact.bytesRead}`);
    }
    return { isCopied: fast.notes.length === 0, reason, wrong };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
