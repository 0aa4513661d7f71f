import { apiClient } from '../../cli/api/api-client.ts';
import { BadUsage } from '../../cli/bad-usage.ts';
import { explainError } from '../../cli/explain-error.ts';
import { type HumanStream, progressDisplay } from '../../cli/show/progress-display.ts';
import { type LocalFile, openLocalFile } from '../../cli/upload/local-file.ts';
import { explainFailure } from '../explain-failure.ts';
import { type DemoArguments, help, parseArguments } from './arguments.ts';
import { outcomeJson } from './outcome-json.ts';
import { outcomeText } from './outcome-text.ts';
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
    const file = await openLocalFile(demo.file); // before a cloud is started for it
    return await run(demo, file, demo.json ? process.stderr : process.stdout, signal);
  } catch (error) {
    if (signal.aborted) return interrupted();
    process.stderr.write(`\n${explain(error as Error)}\n`);
    return error instanceof BadUsage ? 2 : 1;
  }
}

async function run(
  demo: DemoArguments,
  file: LocalFile,
  human: HumanStream,
  signal: AbortSignal,
): Promise<number> {
  const say = (line: string) => human.write(`${line}\n`);
  const cloud = await connect(demo, say);
  try {
    signal.throwIfAborted();
    const api = apiClient(cloud.apiUrl, { signal, token: process.env.CLIPWRIGHT_TOKEN });
    const outcome = await runDemo(api, file, demo, { signal, display: progressDisplay(human) });
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

function explain(error: Error): string {
  if (error instanceof BadUsage) return `${error.message}\nHow it is called: npm run demo -- --help`;
  return explainError(error) ?? explainFailure(error);
}

function interrupted(): number {
  process.stderr.write(
    '\nInterrupted. A job that was started goes on when its cloud runs again: npm start, with the same --data (--fresh forgets it).\n',
  );
  return 130;
}
