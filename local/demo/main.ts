import { stat } from 'node:fs/promises';
import { apiClient } from './api-client.ts';
import { BadUsage, type DemoArguments, help, parseArguments } from './arguments.ts';
import { explainError } from './explain-error.ts';
import { outcomeJson } from './outcome-json.ts';
import { outcomeText } from './outcome-text.ts';
import { type HumanStream, progressDisplay } from './progress-display.ts';
import { runDemo } from './run-demo.ts';

const interruption = new AbortController();
// Once: whoever presses Ctrl-C again wants out, whatever is still being tidied up.
process.once('SIGINT', () => interruption.abort());
process.once('SIGTERM', () => interruption.abort());

process.exitCode = await main(process.argv.slice(2), interruption.signal);

async function main(argv: string[], signal: AbortSignal): Promise<number> {
  try {
    const demo = parseArguments(argv);
    if (demo === 'help') {
      process.stdout.write(help);
      return 0;
    }
    await requireFile(demo.file);
    return await run(demo, demo.json ? process.stderr : process.stdout, signal);
  } catch (error) {
    if (signal.aborted) return interrupted();
    process.stderr.write(`\n${explainError(error as Error)}\n`);
    return error instanceof BadUsage ? 2 : 1;
  }
}

async function run(demo: DemoArguments, human: HumanStream, signal: AbortSignal): Promise<number> {
  const say = (line: string) => human.write(`${line}\n`);
  const cloud = await connect(demo, say);
  try {
    signal.throwIfAborted();
    const api = apiClient(cloud.apiUrl, { signal, token: process.env.CLIPWRIGHT_TOKEN });
    const outcome = await runDemo(api, demo, { signal, display: progressDisplay(human) });
    say(outcomeText(outcome, demo));
    if (demo.json) process.stdout.write(`${outcomeJson(outcome)}\n`);
    return outcome.status.status === 'completed' ? 0 : 1;
  } finally {
    await cloud.stop();
  }
}

async function connect({ url, dataDir }: DemoArguments, say: (line: string) => void) {
  if (url) return { apiUrl: url, stop: async () => undefined };
  // Only here: it brings the whole cloud with it, which `--help` and `--url` need not wait for.
  const { connectCloud } = await import('./connect-cloud.ts');
  return connectCloud(dataDir, say);
}

async function requireFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new BadUsage(`There is no file ${path}.`);
  if (!found.isFile()) throw new BadUsage(`${path} is not a file.`);
  if (found.size === 0) throw new BadUsage(`${path} is empty.`);
}

function interrupted(): number {
  process.stderr.write(
    '\nInterrupted. A job that was started goes on when its cloud runs again (npm start -- --fresh forgets it).\n',
  );
  return 130;
}
