import { spawnSync } from 'node:child_process';
import { expect, it } from '@jest/globals';

/** Makes a process believe that esbuild is not installed. */
const withoutEsbuild = `
  import { registerHooks } from 'node:module';
  registerHooks({
    resolve(name, context, next) {
      if (name !== 'esbuild') return next(name, context);
      throw Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
    },
  });`;

it('an install without the tools for development has no command line to bundle, and does not fail for that', () => {
  const hooks = `data:text/javascript,${encodeURIComponent(withoutEsbuild)}`;

  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', hooks, 'cli/build.mjs'], {
    encoding: 'utf8',
  });

  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
});
