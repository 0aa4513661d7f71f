import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { slimPackages } from './slim-packages.ts';

const [outdir] = process.argv.slice(2);
const shared = join(import.meta.dirname, '../lambdas/shared');

// The SDK bundled starts faster than the runtime's own, CJS faster than ESM; docs/adr/0003.
await build({
  entryPoints: verbs().map((verb) => ({ in: `lambdas/${verb}/handler.ts`, out: `${verb}/index` })),
  outdir,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  minify: true,
  sourcemap: true,
  sourcesContent: false,
  mainFields: ['module', 'main'],
  alias: {
    // A function finds its role's keys in its environment. The SDK would bring along all other places where keys may be.
    '@aws-sdk/credential-provider-node': join(shared, 'environment-credentials.ts'),
    '@aws-sdk/token-providers': join(shared, 'no-tokens.ts'),
    '@aws-sdk/middleware-endpoint-discovery': join(shared, 'no-endpoint-discovery.ts'),
    '@smithy/core/event-streams': join(shared, 'no-event-streams.ts'),
  },
  plugins: [slimPackages],
  logLevel: 'warning',
});

function verbs(): string[] {
  return readdirSync('lambdas').filter((folder) =>
    readdirSync(join('lambdas', folder)).includes('handler.ts'),
  );
}
