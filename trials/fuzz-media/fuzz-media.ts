import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createMedia } from '../../core/media/create-media.ts';
import { createRandom } from '../../eval/synthesis/random.ts';
import { ffmpeg } from '../../test/support/ffmpeg-here.ts';
import type { TrialCounts, TrialOptions } from '../run-trial.ts';
import { type Canaries, layCanaries } from './canaries.ts';
import { childrenOf } from './children-of.ts';
import { hostileKinds } from './hostile-kinds.ts';
import { judge } from './judge.ts';
import { basesIn } from './make-bases.ts';
import { naiveFfmpeg } from './naive-ffmpeg.ts';
import { type Outcome, submitFile } from './submit-file.ts';

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
  const [ground, out, temporaryRoot] = ['ground', 'out', 'tmp'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const one of [ground, out, temporaryRoot]) mkdirSync(one);

  const counts: TrialCounts = { runs: 0, violations: 0, died_by_signal: 0, connections: 0 };
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
  const crashes: unknown[] = [];
  const onCrash = (error: unknown) => crashes.push(error);
  for (const event of ['unhandledRejection', 'uncaughtException']) process.on(event, onCrash);
  await using canaries = await layCanaries(ground);
  try {
    const made = { folder: ground, ...basesIn(ground), bait: canaries.bait };
    for (let run = 0; run < runs && !signal.aborted; run += 1) {
      const kind = kinds[run % kinds.length]!;
      const bytes = hostileKinds[kind]!(made, createRandom(seed * 1_000_003 + run));
      const ending = await submit(bytes);
      if (signal.aborted) break;

      const outcome = typeof ending === 'string' ? undefined : ending;
      const code = outcome?.job.failure?.code ?? outcome?.job.status ?? 'hung';
      const wrong = outcome ? judge(outcome, out) : [String(ending)];
      wrong.push(
        ...leftBehind(temporaryRoot, canaries, counts),
        ...crashes.splice(0).map((error) => `crash: ${error}`),
      );
      count('runs');
      count(code);
      for (const what of wrong) {
        count('violations');
        print(`${kind}, run ${run}: ${what}`);
      }
      print(`${kind}: ${code}`);
    }
  } finally {
    for (const event of ['unhandledRejection', 'uncaughtException']) process.off(event, onCrash);
    rmSync(folder, { recursive: true, force: true });
  }
  return counts;

  async function submit(bytes: Uint8Array): Promise<Outcome | string> {
    const within = AbortSignal.any([signal, AbortSignal.timeout(jobSeconds * 1000)]);
    const submitted = submitFile(media, bytes, { signal: within, temporaryRoot });
    const late = new AbortController();
    const hung = pause((jobSeconds + graceSeconds) * 1000, 'it hung', { signal: late.signal });
    hung.catch(() => {});
    return Promise.race([submitted, hung]).finally(() => late.abort());
  }
}

function leftBehind(temporaryRoot: string, canaries: Canaries, counts: TrialCounts): string[] {
  const wrong = readdirSync(temporaryRoot).map((name) => `the folder ${name} was left`);
  wrong.push(
    ...childrenOf(process.pid)
      .filter((command) => /ff(mpeg|probe)/.test(command))
      .map((command) => `${command} was left running`),
  );
  const connections = canaries.connections();
  if (connections > counts.connections!)
    wrong.push(`${connections - counts.connections!} connections were made`);
  counts.connections = connections;
  return wrong;
}
