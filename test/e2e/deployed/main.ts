import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { BadUsage } from '../../../cli/bad-usage.ts';
import { help, parseArguments } from './arguments.ts';
import { reachService, Unreachable } from './reach-service.ts';

const config = join(import.meta.dirname, 'jest.config.mjs');

/** Answers the exit code. */
async function run(args: string[]): Promise<number> {
  const caller = parseArguments(args, process.env);
  if (caller === 'help') {
    console.log(help);
    return 0;
  }
  await reachService(caller);
  console.log(`The main job at ${caller.url}:`);
  const jest = spawn(process.execPath, ['node_modules/jest/bin/jest.js', '--config', config], {
    stdio: 'inherit',
    env: { ...process.env, CLIPWRIGHT_URL: caller.url, CLIPWRIGHT_TOKEN: caller.token },
  });
  const [code] = await once(jest, 'exit');
  return code ?? 1;
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof BadUsage || error instanceof Unreachable)) throw error;
  console.error(error.message);
  process.exitCode = error instanceof BadUsage ? 2 : 1;
}
