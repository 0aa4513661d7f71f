import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { withFolder } from '../../lambdas/shared/media.ts';
import { temporaryFolder } from '../support/media.ts';

const temporary = temporaryFolder();
const mediaPath = join(__dirname, '../../lambdas/shared/media.ts');

describe('the folder of a run', () => {
  it('is private, and gone when the run fails', async () => {
    const root = join(temporary, 'failing');

    const failing = withFolder(async (folder) => {
      expect(readdirSync(root)).toHaveLength(1);
      throw new Error(`failed in ${folder}`);
    }, root);

    await expect(failing).rejects.toThrow(`failed in ${root}`);
    expect(readdirSync(root)).toEqual([]);
  });

  it('is removed by the next run when its own was killed outright', async () => {
    const root = join(temporary, 'killed');
    const script = `
      import { writeFileSync } from 'node:fs';
      import { withFolder } from ${JSON.stringify(mediaPath)};
      await withFolder(async (folder) => {
        writeFileSync(folder + '/bomb', Buffer.alloc(1_000_000));
        process.kill(process.pid, 'SIGKILL');
        await new Promise(() => {});
      }, ${JSON.stringify(root)});`;
    const killed = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'inherit' });
    expect(await once(killed, 'exit')).toEqual([null, 'SIGKILL']);
    const [left] = readdirSync(root);
    expect(left).toBeDefined();

    const found = await withFolder(async () => readdirSync(root), root);

    expect(found).not.toContain(left);
    expect(found).toHaveLength(1);
    expect(readdirSync(root)).toEqual([]);
  });
});
