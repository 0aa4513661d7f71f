import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { verbs } from '../../bench/staged-functions.ts';
import { writeOutKeys } from '../../lib/slim-packages.ts';
import { functionsOf } from '../../local/functions/function-definition.ts';
import { synth } from '../../local/synth.ts';
import { readAssembly } from '../../local/template/assembly.ts';
import { resolveStack } from '../../local/template/stack.ts';

describe('bundles', () => {
  it('of functions that answer HTTP are no larger than 500 KB, so that they start fast', async () => {
    const assembly = readAssembly(await synth(process.cwd(), () => undefined));

    const functions = functionsOf(resolveStack(assembly, { apiUrl: 'http://127.0.0.1:0' }));

    const answering = verbs.filter(({ answersHttp }) => answersHttp).map(({ verb }) => verb);
    const sizes = functions
      .map((fn) => ({ verb: fn.variables.POWERTOOLS_SERVICE_NAME ?? '', folder: fn.assetFolder }))
      .filter(({ verb }) => answering.includes(verb))
      .map(({ verb, folder }) => ({ verb, bytes: statSync(join(folder, 'index.js')).size }));
    expect(sizes.map(({ verb }) => verb).sort()).toEqual(answering);
    expect(sizes.filter(({ bytes }) => bytes > 500_000)).toEqual([]);
  });

  it('have keys written out where they are constants of the same file, and nothing else', () => {
    const source = 'const _h = "http";\nexport var Get$ = [9, { [_h]: ["GET"], [other]: 1 }, _h, [_h]];\n';

    expect(writeOutKeys(source)).toBe(
      'const _h = "http";\nexport var Get$ = [9, { "http": ["GET"], [other]: 1 }, _h, [_h]];\n',
    );
  });
});
