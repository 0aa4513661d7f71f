import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { buildSync } from 'esbuild';

/** The code of a verb, bundled; its bare folder where a stack wants no bundles, as in tests of its template. */
export function functionCode(scope: Construct, verb: string): Code {
  return Code.fromAsset(Stack.of(scope).bundlingRequired ? join(bundles(), verb) : join('lambdas', verb));
}

const environmentCredentials = join(import.meta.dirname, '../lambdas/shared/environment-credentials.ts');

let folder: string | undefined;

/** All verbs at once, once a run: what they share is read and parsed once, a quarter of the work of one after another. */
function bundles(): string {
  if (folder) return folder;
  const made = mkdtempSync(join(tmpdir(), 'clipwright-functions-'));
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));

  // The SDK bundled starts faster than the runtime's own, CJS faster than ESM; docs/adr/0003.
  buildSync({
    entryPoints: verbs().map((verb) => ({ in: `lambdas/${verb}/handler.ts`, out: `${verb}/index` })),
    outdir: made,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    minify: true,
    sourcemap: true,
    sourcesContent: false,
    mainFields: ['module', 'main'],
    // A function finds its role's keys in its environment. The SDK would bring along all other places where keys may
    // be: a sixth of each bundle; docs/performance.md.
    alias: { '@aws-sdk/credential-provider-node': environmentCredentials },
    logLevel: 'warning',
  });
  folder = made;
  return made;
}

function verbs(): string[] {
  return readdirSync('lambdas').filter((folder) =>
    readdirSync(join('lambdas', folder)).includes('handler.ts'),
  );
}
