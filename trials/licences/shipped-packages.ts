import { readdirSync, readFileSync } from 'node:fs';
import { type BuildOptions, buildSync } from 'esbuild';

export interface Shipped {
  name: string;
  version: string;
  /** SPDX; undefined where the package does not say. */
  licence?: string;
  /** What holds it. */
  within: string[];
}

const verbs = readdirSync('lambdas').filter((folder) => folder !== 'shared');

/** What is bundled, as `cdk deploy`, `npm run build:cli` and web/build.ts do it. */
const bundles = {
  functions: {
    // As one bundle, which holds what all of them hold, in a tenth of the time.
    stdin: {
      contents: verbs.map((verb, n) => `export * as f${n} from './lambdas/${verb}/handler.ts';`).join('\n'),
      resolveDir: '.',
    },
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
  },
  page: { entryPoints: ['web/main.ts', 'web/styles/main.css'], platform: 'browser', format: 'esm' },
  'command line': { entryPoints: ['cli/main.ts'], platform: 'node', format: 'esm' },
} satisfies Record<string, BuildOptions>;

/** CDK puts functions of its own into the stack: one that fills the page's bucket with the AWS CLI, one that empties it. */
const ofCdk = ['aws-cdk-lib', '@aws-cdk/asset-awscli-v1'];

/** Every package that leaves this folder with a deployment or an installed command, by name. */
export function shippedPackages(): Shipped[] {
  const shipped = new Map<string, Shipped>();
  const add = (folder: string, within: string) => {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
    const known = shipped.get(`${name}@${version}`) ?? {
      name,
      version,
      licence: licenceOf(license),
      within: [],
    };
    shipped.set(`${name}@${version}`, { ...known, within: [...new Set([...known.within, within])] });
  };

  for (const [within, bundle] of Object.entries(bundles)) {
    for (const folder of foldersIn(bundle)) add(folder, within);
  }
  for (const name of ofCdk) add(`node_modules/${name}`, "CDK's functions");
  return [...shipped.values()].sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
}

/** The folders of the packages of which a bundle really holds something. */
function foldersIn(bundle: BuildOptions): Set<string> {
  const { metafile } = buildSync({
    ...bundle,
    bundle: true,
    metafile: true,
    write: false,
    outdir: 'nowhere',
    logLevel: 'silent',
  });
  const held = Object.values(metafile?.outputs ?? {}).flatMap(({ inputs }) => Object.keys(inputs));
  return new Set(held.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []));
}

function licenceOf(license: unknown): string | undefined {
  return typeof license === 'string' && license !== '' ? license : undefined;
}

function idOf({ name, version }: Shipped): string {
  return `${name}@${version}`;
}
