import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { preparedNode } from './prepared-node.ts';

export interface CliRun {
  /** Null where it was killed. */
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

const main = join(import.meta.dirname, '../../cli/main.ts');

export interface CliOptions {
  environment?: Record<string, string>;
  /** Sees each piece of stderr. */
  onStderr?: (text: string, cli: ChildProcess) => void;
  onStart?: (cli: ChildProcess) => void;
}

/** Runs the command line in a process of its own, with nothing in its environment that was not asked for. */
export function runCli(
  args: string[],
  { environment = {}, onStderr, onStart }: CliOptions = {},
): Promise<CliRun> {
  const cli = spawn(process.execPath, [...preparedNode, main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: '/nonexistent', ...environment },
  });
  onStart?.(cli);
  const run: CliRun = { exitCode: null, stdout: '', stderr: '' };
  cli.stdout.setEncoding('utf8').on('data', (text: string) => {
    run.stdout += text;
  });
  cli.stderr.setEncoding('utf8').on('data', (text: string) => {
    run.stderr += text;
    onStderr?.(text, cli);
  });
  return new Promise((resolve, reject) => {
    cli.once('error', reject).once('close', (exitCode) => resolve({ ...run, exitCode }));
  });
}

/** What `--json` tells. */
export const lastLine = ({ stdout }: CliRun) => JSON.parse(stdout.trimEnd().split('\n').at(-1)!);
