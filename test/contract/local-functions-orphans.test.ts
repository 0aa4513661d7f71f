import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { temporaryFolders } from '../support/temporary-folder.ts';
import { isGone } from '../support/tiny-functions.ts';

const newFolder = temporaryFolders();
const spawnGroupPath = join(__dirname, '../../local/functions/spawn-group.ts');
const bootstrapPath = join(__dirname, '../../local/functions/bootstrap.ts');

describe('a function whose cloud is killed outright', () => {
  it('dies too, with what it started, even in an endless loop', async () => {
    const folder = newFolder();
    writeFileSync(
      join(folder, 'function.cjs'),
      `const child = require('child_process').spawn('/bin/sleep', ['300'], { stdio: 'ignore' });
       console.log(process.pid + ' ' + child.pid);
       setTimeout(() => { for (;;); }, 10);`,
    );
    writeFileSync(
      join(folder, 'cloud.mts'),
      `import { spawnGroup } from ${JSON.stringify(spawnGroupPath)};
       const child = spawnGroup([process.execPath, 'function.cjs'], { cwd: ${JSON.stringify(folder)}, variables: {} });
       child.stdout!.pipe(process.stdout);`,
    );
    const cloud = spawn(process.execPath, [join(folder, 'cloud.mts')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(cloud.stdout, 'data')) as [Buffer];
    const [functionPid, childPid] = line.toString().split(' ').map(Number);

    cloud.kill('SIGKILL');

    await expect(isGone(functionPid!)).resolves.toBe(true);
    await expect(isGone(childPid!)).resolves.toBe(true);
  });

  it('ends by itself where nobody watches over it any more, though it can tell nobody', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'index.js'), 'exports.handler = async () => {};');
    const silent = createServer(() => {});
    await once(silent.listen(0, '127.0.0.1'), 'listening');
    const { port } = silent.address() as AddressInfo;
    const orphan = spawn(process.execPath, [bootstrapPath], {
      env: {
        LAMBDA_TASK_ROOT: folder,
        _HANDLER: 'index.handler',
        AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    await once(silent, 'request');

    orphan.stdout.destroy();
    orphan.stderr.destroy();
    silent.closeAllConnections();
    silent.close();

    expect(await once(orphan, 'exit')).toEqual([1, null]);
  });
});
