import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { preparedNode } from './prepared-node.ts';
import type { UppyOutcome, UppyWishes } from './uppy-process.ts';

export async function runUppy(wishes: UppyWishes): Promise<UppyOutcome> {
  const script = join(import.meta.dirname, 'uppy-process.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...preparedNode,
    script,
    JSON.stringify(wishes),
  ]);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}
