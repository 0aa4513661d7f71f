import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Plugin } from 'esbuild';

/** Has esbuild leave out of packages what no function runs. What does run stays as it is; docs/performance.md. */
export const slimPackages: Plugin = {
  name: 'slim-packages',
  setup({ onLoad }) {
    // A client of AWS has the shapes of all its operations. Their keys are constants, `{ [_h]: … }`, of which esbuild
    // can't tell that they do nothing; written out, the shapes that nobody uses go.
    onLoad({ filter: /@aws-sdk\/.*\/schemas_\d+\.js$/ }, ({ path }) => ({
      contents: withOneLine(writeOutKeys(readFileSync(path, 'utf8'))),
    }));

    // It tells its version to AWS, and brings all of its package.json for that.
    onLoad({ filter: /@aws-sdk\/client-[^/]+\/package\.json$/ }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });

    // Written in JavaScript for a Node that is built without its crypto; Lambda's is not.
    onLoad({ filter: /\/(Sha256|Sha1|Md5)Js\.js$/ }, ({ path }) => ({
      contents: withOneLine(`export class ${basename(path, '.js')} {}`),
    }));

    onLoad({ filter: /\/node_modules\/.*\.m?js$/ }, ({ path }) => ({
      contents: withOneLine(readFileSync(path, 'utf8')),
    }));
  },
};

/** `const _h = "http"; … { [_h]: 1 }` as `{ "http": 1 }`. */
export function writeOutKeys(source: string): string {
  const constants = new Map(
    [...source.matchAll(/^const (\w+) = ("[^"]*");$/gm)].map(([, name, value]) => [name, value]),
  );
  return source.replace(/\[(\w+)\]:/g, (key, name) =>
    constants.has(name) ? `${constants.get(name)}:` : key,
  );
}

const oneLine = Buffer.from('{"version":3,"sources":[""],"mappings":"AAAA"}').toString('base64');

/** Node reads the source map whole at each cold start, and packages are most of it: of these it tells but the file. */
function withOneLine(source: string): string {
  return `${source}\n//# sourceMappingURL=data:application/json;base64,${oneLine}`;
}
