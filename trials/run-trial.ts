import { parseArgs } from 'node:util';

export interface TrialOptions {
  runs: number;
  /** The same seed, the same runs. */
  seed: number;
  /** Aborts at Ctrl-C: the trial ends what it started and answers what it saw so far. */
  signal: AbortSignal;
  /** A line for those who watch. */
  print(line: string): void;
}

/** What a trial counted. `violations` are broken promises, each of which it printed. */
export type TrialCounts = { runs: number; violations: number } & Record<string, number>;

/**
 * A trial as a command: `--runs N --seed S --json --help`. Prints a table of the counts, with --json one line of them
 * at the end. Exits with 1 on any violation, 2 when called wrongly, 130 when interrupted.
 */
export async function runTrial(
  { name, about, runs: defaultRuns }: { name: string; about: string; runs: number },
  trial: (options: TrialOptions) => Promise<TrialCounts>,
): Promise<void> {
  const usage = `npm run ${name} [-- --runs N --seed S --json]\n  ${about}\n  Default: ${defaultRuns} runs, seed 1.`;
  const { runs, seed, json, help } = readOptions(defaultRuns, usage);
  if (help) return console.log(usage);

  const interrupted = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interrupted.abort());

  const counts = await trial({ runs, seed, signal: interrupted.signal, print: console.log });
  console.log(tableOf(counts));
  if (json) console.log(JSON.stringify({ ...counts, seed }));
  process.exitCode = interrupted.signal.aborted ? 130 : counts.violations > 0 ? 1 : 0;
}

function readOptions(defaultRuns: number, usage: string) {
  try {
    const { values } = parseArgs({
      options: {
        runs: { type: 'string', default: String(defaultRuns) },
        seed: { type: 'string', default: '1' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const [runs, seed] = [Number(values.runs), Number(values.seed)];
    if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs wants a whole number of 1 or more.');
    if (!Number.isInteger(seed)) throw new Error('--seed wants a whole number.');
    return { runs, seed, json: values.json, help: values.help };
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    process.exit(2);
  }
}

function tableOf(counts: TrialCounts): string {
  const width = Math.max(...Object.keys(counts).map((name) => name.length));
  return Object.entries(counts)
    .map(([name, count]) => `${name.replaceAll('_', ' ').padEnd(width + 2)}${count}`)
    .join('\n');
}
