import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Functions } from '../../local/functions/functions.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';
import { aFunction, startTiny, writeBundle } from '../support/tiny-functions.ts';

const newFolder = temporaryFolders();
const clouds: Functions[] = [];
afterEach(async () => {
  for (const cloud of clouds.splice(0)) await cloud.stop();
});

const aBundle = (name: string) => aFunction(writeBundle(join(newFolder(), name), 'return 1;'));

describe('the code of functions', () => {
  it('is compiled once: what V8 made of it stays, though its process is killed', async () => {
    const dataDir = newFolder();
    const definition = aBundle('asset.1');
    const cloud = await startTiny(dataDir, [definition]);
    clouds.push(cloud);

    await cloud.run(definition.arn, {});

    const [version = ''] = readdirSync(join(dataDir, 'compile-cache'));
    // The runtime's own file, and the bundle.
    expect(readdirSync(join(dataDir, 'compile-cache', version)).length).toBeGreaterThanOrEqual(2);
  });

  it('goes when no function uses it any more, but not from a folder that clouds share', async () => {
    const [own, shared] = [newFolder(), newFolder()];
    for (const name of ['asset.1', 'asset.2']) {
      await (await startTiny(own, [aBundle(name)])).stop();
      clouds.push(await startTiny(newFolder(), [aBundle(name)], shared));
    }

    expect(readdirSync(join(own, 'code'))).toEqual(['asset.2']);
    expect(readdirSync(join(shared, 'code')).toSorted()).toEqual(['asset.1', 'asset.2']);
  });
});
