import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { preparedNode } from './prepared-node.ts';

export interface DemoRun {
  exitStatus: number | null;
  stdout: string;
  stderr: string;
}

const main = join(import.meta.dirname, '../../local/demo/main.ts');

/** Runs the demo as `npm run demo -- …args` does. `onHuman` sees each piece of stderr, where `--json` puts the human text. */
export function runDemo(
  args: string[],
  onHuman: (text: string, demo: ChildProcess) => void = () => undefined,
): Promise<DemoRun> {
  const demo = spawn(process.execPath, [...preparedNode, main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const run: DemoRun = { exitStatus: null, stdout: '', stderr: '' };
  demo.stdout.setEncoding('utf8').on('data', (text: string) => {
    run.stdout += text;
  });
  demo.stderr.setEncoding('utf8').on('data', (text: string) => {
    run.stderr += text;
    onHuman(text, demo);
  });
  return new Promise((resolve, reject) => {
    demo.once('error', reject).once('close', (exitStatus) => resolve({ ...run, exitStatus }));
  });
}
