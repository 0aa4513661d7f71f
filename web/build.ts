import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildSync } from 'esbuild';

const source = import.meta.dirname;

/**
 * Bundles the page into a folder, which it empties first: `index.html`, and under `assets/` a script and a style
 * sheet whose names change with their content, so that they may be cached for ever.
 */
export function buildPage(outDir: string): void {
  rmSync(outDir, { recursive: true, force: true });
  const { metafile } = buildSync({
    absWorkingDir: source,
    entryPoints: ['main.ts', 'styles/main.css'],
    outdir: join(outDir, 'assets'),
    entryNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    metafile: true,
    format: 'esm',
    target: ['es2022', 'safari16'],
    legalComments: 'linked',
    logLevel: 'warning',
  });

  const built = Object.keys(metafile.outputs).map((path) => basename(path));
  const named = (ending: string) => built.find((name) => name.endsWith(ending)) ?? '';
  const html = readFileSync(join(source, 'index.html'), 'utf8')
    .replace('STYLE', `assets/${named('.css')}`)
    .replace('SCRIPT', `assets/${named('.js')}`);
  mkdirSync(outDir, { recursive: true });
  writeFileSync(join(outDir, 'index.html'), html);
}
