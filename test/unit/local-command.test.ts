import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseArguments } from '../../local/arguments.ts';
import { forgetState } from '../../local/forget-state.ts';
import { createSemaphore } from '../../local/functions/semaphore.ts';
import { lockFolder } from '../../local/lock-folder.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const newFolder = temporaryFolders();

describe('the command line', () => {
  it('has defaults', () => {
    expect(parseArguments([], '/home/ada')).toEqual({
      port: 8600,
      dataDir: '/home/ada/.clipwright',
      fresh: false,
      auth: false,
      assemblyDir: undefined,
      json: false,
      help: false,
    });
  });

  it('takes every option', () => {
    const args = [
      '--port',
      '0',
      '--data',
      'here',
      '--fresh',
      '--auth',
      '--assembly',
      '/out',
      '--json',
      '--help',
    ];

    expect(parseArguments(args, '/home/ada')).toEqual({
      port: 0,
      dataDir: '/home/ada/here',
      fresh: true,
      auth: true,
      assemblyDir: '/out',
      json: true,
      help: true,
    });
  });

  it.each([['--port', 'x'], ['--port', '-1'], ['--port', '65534'], ['--port'], ['--porf', '1'], ['stray']])(
    'is refused as %s %s',
    (...args) => {
      expect(() => parseArguments(args, '/')).toThrow(expect.objectContaining({ name: 'BadUsage' }));
    },
  );
});

describe('the lock of a folder', () => {
  it('keeps a second one out until it is given back', () => {
    const folder = newFolder();
    const unlock = lockFolder(folder);

    expect(() => lockFolder(folder)).toThrow(expect.objectContaining({ name: 'FolderInUse' }));
    unlock();
    expect(() => lockFolder(folder)()).not.toThrow();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is taken over from a process that was killed', async () => {
    const folder = newFolder();
    const path = JSON.stringify(join(__dirname, '../../local/lock-folder.ts'));
    const script = `import { lockFolder } from ${path}; lockFolder(${JSON.stringify(folder)}); console.log('locked'); setInterval(() => {}, 1000);`;
    const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(holder.stdout, 'data');
    const refused = () => lockFolder(folder);
    expect(refused).toThrow(`process ${holder.pid}`);

    holder.kill('SIGKILL');
    await once(holder, 'exit');

    expect(() => lockFolder(folder)()).not.toThrow();
  });

  it('is taken over from a process whose id is used again', () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'lock'), `${process.pid} 1`);

    expect(() => lockFolder(folder)()).not.toThrow();
  });
});

describe('forgetting', () => {
  it("leaves what is not the cloud's", () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'thesis.txt'), '');
    writeFileSync(join(folder, 'machine-secret'), '');

    forgetState(folder);

    expect(readdirSync(folder)).toEqual(['thesis.txt']);
  });
});

describe('a semaphore', () => {
  it('never lets in more than it has permits, and lets in all, in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 12 }),
        fc.scheduler(),
        async (permits, count, scheduler) => {
          const semaphore = createSemaphore(permits);
          const entered: number[] = [];
          let inside = 0;
          let most = 0;
          const visits = Array.from({ length: count }, async (_, index) => {
            const release = await semaphore.acquire();
            entered.push(index);
            inside += 1;
            most = Math.max(most, inside);
            await scheduler.schedule(Promise.resolve());
            inside -= 1;
            release();
            release(); // given back once, however often it is said
          });

          await scheduler.waitFor(Promise.all(visits));

          expect(entered).toEqual(Array.from({ length: count }, (_, index) => index));
          expect(most).toBe(Math.min(permits, count));
        },
      ),
    );
  });

  it('serves each line in turn: who comes late with little waits for little', async () => {
    const semaphore = createSemaphore(1);
    const entered: string[] = [];
    const visit = async (name: string, line: string) => {
      const release = await semaphore.acquire(line);
      entered.push(name);
      release();
    };
    const first = await semaphore.acquire('alice');
    const visits = [
      ...['a1', 'a2', 'a3', 'a4'].map((name) => visit(name, 'alice')),
      ...['b1', 'b2'].map((name) => visit(name, 'bob')),
      visit('c1', 'carol'),
    ];

    first();
    await Promise.all(visits);

    expect(entered).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3', 'a4']);
  });
});
