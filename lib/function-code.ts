import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

/** The code of a verb, bundled; its bare folder where a stack wants no bundles, as in tests of its template. */
export function functionCode(scope: Construct, verb: string): Code {
  return Code.fromAsset(Stack.of(scope).bundlingRequired ? join(bundles(), verb) : join('lambdas', verb));
}

let folder: string | undefined;

/** All verbs at once, once a run: what they share is read and parsed once, a quarter of the work of one after another. */
function bundles(): string {
  if (folder) return folder;
  const made = mkdtempSync(join(tmpdir(), 'clipwright-functions-'));
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));

  // In a process of its own: esbuild takes plugins only where it is waited for, and a construct can't wait.
  execFileSync(process.execPath, [join(import.meta.dirname, 'bundle-functions.ts'), made], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  folder = made;
  return made;
}
