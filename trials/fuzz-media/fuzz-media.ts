import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Cut } from '../../core/media/clip/clip-look.ts';
import { createMedia } from '../../core/media/create-media.ts';
import { createRandom } from '../../eval/synthesis/random.ts';
import { ffmpeg } from '../../test/support/ffmpeg-here.ts';
import type { TrialCounts, TrialOptions } from '../run-trial.ts';
import { layCanaries } from './canaries.ts';
import { hostileKinds } from './hostile-kinds.ts';
import { judge } from './judge.ts';
import { leftBehind } from './left-behind.ts';
import { basesIn } from './make-bases.ts';
import { naiveFfmpeg } from './naive-ffmpeg.ts';
import { type Outcome, submitFile } from './submit-file.ts';
import { tallyEndings } from './tally-endings.ts';

/** What a whole job may take here; each file is a few seconds long. */
const jobSeconds = 120;
/** ffmpeg is killed 3 s after it was told to end. */
const graceSeconds = 15;

/** As much as the smallest function that runs ffmpeg leaves to it. */
const memoryBytes = 1257 * 1024 ** 2;

export interface FuzzOptions extends TrialOptions {
  /** Default: all of them, in turn. */
  kinds?: readonly string[];
  /** The ffmpeg that is tried. Default: the one that this machine has. */
  paths?: { ffmpegPath: string; ffprobePath: string };
  /** Calls ffmpeg as careless programs do: then this must find violations. */
  unprotected?: boolean;
}

/** Submits hostile files, each as a job of its own, and counts how they end. */
export async function fuzzMedia(options: FuzzOptions): Promise<TrialCounts> {
  const { runs, seed, signal, print, kinds = Object.keys(hostileKinds), paths = ffmpeg } = options;
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-media-'));
  const inside = (name: string) => {
    const path = join(folder, name);
    mkdirSync(path);
    return path;
  };
  const [ground, out, temporaryRoot] = [inside('ground'), inside('out'), inside('tmp')];

  const counts: TrialCounts = { runs: 0, violations: 0, died_by_signal: 0, connections: 0, copied_clips: 0 };
  const count = (name: string) => {
    counts[name] = (counts[name] ?? 0) + 1;
  };
  const media = createMedia({
    ...(options.unprotected ? naiveFfmpeg(paths, folder) : paths),
    memoryBytes,
    log: (_, { exit }) => {
      if (typeof exit === 'string') count('died_by_signal');
    },
  });
  const tally = tallyEndings();
  const crashes: unknown[] = [];
  const onCrash = (error: unknown) => crashes.push(error);
  for (const event of ['unhandledRejection', 'uncaughtException']) process.on(event, onCrash);
  await using canaries = await layCanaries(ground);
  try {
    const made = { folder: ground, ...basesIn(ground), bait: canaries.bait };
    for (let run = 0; run < runs && !signal.aborted; run += 1) {
      const kind = kinds[run % kinds.length]!;
      const bytes = hostileKinds[kind]!(made, createRandom(seed * 1_000_003 + run));
      // Each kind both ways, in turn: a fast cut copies what a stranger's encoder wrote.
      const cut = (run + Math.floor(run / kinds.length)) % 2 === 0 ? 'exact' : 'fast';
      const ending = await submit(bytes, cut);
      if (signal.aborted) break;

      const isJob = typeof ending !== 'string';
      counts.copied_clips! += isJob ? ending.copiedClips : 0;
      const code = isJob ? (ending.job.failure?.code ?? ending.job.status) : 'not_ended';
      const called = canaries.connections() - counts.connections!;
      counts.connections = canaries.connections();
      const wrong = [
        ...(isJob ? judge(ending, out) : [ending]),
        ...leftBehind(temporaryRoot),
        ...(called > 0 ? [`${called} connections were made`] : []),
        ...crashes.splice(0).map((error) => `nobody caught ${error}`),
      ];
      count('runs');
      count(code);
      tally.add(kind, code);
      for (const what of wrong) {
        count('violations');
        print(`${kind}, run ${run}: ${what}`);
      }
    }
  } finally {
    for (const event of ['unhandledRejection', 'uncaughtException']) process.off(event, onCrash);
    rmSync(folder, { recursive: true, force: true });
  }
  for (const line of tally.lines()) print(line);
  return counts;

  /** How its job ended, or in words why it didn't. */
  async function submit(bytes: Uint8Array, cut: Cut): Promise<Outcome | string> {
    const within = AbortSignal.any([signal, AbortSignal.timeout(jobSeconds * 1000)]);
    const submitted = submitFile(media, bytes, cut, { signal: within, temporaryRoot });
    const ended = new AbortController();
    const late = pause((jobSeconds + graceSeconds) * 1000, 'it hung', { signal: ended.signal });
    return Promise.race([submitted, late])
      .catch((error) => `the job threw ${error}`)
      .finally(() => ended.abort());
  }
}
