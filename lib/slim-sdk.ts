import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Plugin } from 'esbuild';

/** Has esbuild leave out of the AWS SDK what no function runs. Nothing of what does run is another; docs/performance.md. */
export const slimSdk: Plugin = {
  name: 'slim-sdk',
  setup({ onLoad }) {
    // A client has the shapes of all its operations. Their keys are constants, `{ [_h]: … }`, of which esbuild can't
    // tell that they do nothing; written out, the shapes that nobody uses go.
    onLoad({ filter: /@aws-sdk\/.*\/schemas_\d+\.js$/ }, ({ path }) => ({
      contents: writeOutKeys(readFileSync(path, 'utf8')),
    }));

    // A client tells its version to AWS, and brings all of its package.json for that.
    onLoad({ filter: /@aws-sdk\/client-[^/]+\/package\.json$/ }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });

    // Written in JavaScript for a Node that is built without its crypto; Lambda's is not.
    onLoad({ filter: /\/(Sha256|Sha1|Md5)Js\.js$/ }, ({ path }) => ({
      contents: `export class ${basename(path, '.js')} {}`,
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
