import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach } from '@jest/globals';
import type { FunctionDefinition } from '../../local/functions/function-definition.ts';
import type { Functions } from '../../local/functions/functions.ts';
import { temporaryFolders } from './temporary-folder.ts';
import { aFunction, startTiny, writeBundle } from './tiny-functions.ts';

/** Answers how to start one function for a test, and that how to run it; it ends with the test. */
export function functionsPerTest() {
  const newFolder = temporaryFolders();
  let functions: Functions | undefined;
  afterEach(async () => {
    await functions?.stop();
    functions = undefined;
  });

  return async (body: string, overrides: Partial<FunctionDefinition> = {}, before = '') => {
    const dataDir = newFolder();
    const definition = aFunction(writeBundle(join(newFolder(), 'asset.1'), body, before), overrides);
    const started = await startTiny(dataDir, [definition]);
    functions = started;
    return {
      run: (payload: unknown = {}) => started.run(definition.arn, payload),
      stop: () => started.stop(),
      log: () => readFileSync(join(dataDir, 'logs/tiny.log'), 'utf8'),
    };
  };
}
