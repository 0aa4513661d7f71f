import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { temporaryFolders } from '../support/temporary-folder.ts';
import { isGone } from '../support/tiny-functions.ts';

const newFolder = temporaryFolders();
const spawnGroupPath = join(__dirname, '../../local/functions/spawn-group.ts');

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
});
