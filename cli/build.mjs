// Bundles the command line into dist/. Without esbuild, as after `npm ci --omit=dev`, there is nothing to bundle it with.
const esbuild = await import('esbuild').catch((error) => {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
});

await esbuild?.build({
  entryPoints: ['cli/main.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  outfile: 'dist/clipwright.mjs',
  logLevel: 'warning',
});
