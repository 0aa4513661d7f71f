import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { preparedNode } from '../support/prepared-node.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';
import { writeTinyAssembly } from '../support/tiny-assembly.ts';
import { isGone } from '../support/tiny-functions.ts';

const newFolder = temporaryFolders();
const mainPath = join(__dirname, '../../local/main.ts');
const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** As `npm start -- <args>`, on a small stack. */
function start(...args: string[]) {
  const assembly = ['--assembly', writeTinyAssembly(join(newFolder(), 'assembly'))];
  const child = spawn(process.execPath, [...preparedNode, mainPath, ...assembly, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  const said = text(child.stderr);
  return { child, said, exit: once(child, 'exit').then(([code]) => code as number) };
}

async function ready({ child }: ReturnType<typeof start>) {
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  return JSON.parse(line.toString()) as { pid: number; apiUrl: string; s3Url: string };
}

describe('npm start', () => {
  it('says where it is, answers, and is gone after Ctrl-C with all it started', async () => {
    const running = start('--port', '0', '--data', newFolder(), '--json');
    const { apiUrl, pid } = await ready(running);
    const { size } = (await (await fetch(`${apiUrl}/note`)).json()) as { size: unknown };
    const children = await text(
      spawn('ps', ['--ppid', String(pid), '-o', 'pid='], { stdio: ['ignore', 'pipe', 'inherit'] }).stdout,
    );

    running.child.kill('SIGINT');

    expect(await running.exit).toBe(0);
    expect(size).toBeNull();
    const pids = children.trim().split(/\s+/).map(Number);
    expect(pids.length).toBeGreaterThan(0);
    for (const each of pids) await expect(isGone(each)).resolves.toBe(true);
  });

  it('forgets what was kept only if asked to', async () => {
    const data = ['--port', '0', '--data', newFolder(), '--json'];
    const sizeAfter = async (running: ReturnType<typeof start>, put: boolean) => {
      const { apiUrl } = await ready(running);
      if (put) await fetch(`${apiUrl}/note`, { method: 'PUT', body: 'four' });
      let size: number | null = null;
      for (let tries = 0; tries < (put ? 200 : 1) && size === null; tries += 1)
        ({ size } = (await (await fetch(`${apiUrl}/note`)).json()) as { size: number | null });
      running.child.kill('SIGTERM');
      await running.exit;
      return size;
    };

    expect(await sizeAfter(start(...data), true)).toBe(4);
    expect(await sizeAfter(start(...data), false)).toBe(4);
    expect(await sizeAfter(start(...data, '--fresh'), false)).toBeNull();
  });

  it('says what to do when its port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;

    const running = start('--port', String(port), '--data', newFolder());

    expect(await running.exit).toBe(1);
    expect(await running.said).toBe(
      `Port ${port} is taken. Stop what runs there, or take others: npm start -- --port 8700\n`,
    );
    server.close();
  });

  it('says how it is used when it is used otherwise, and ends with 2', async () => {
    const running = start('--prot', '8600');

    expect(await running.exit).toBe(2);
    expect(await running.said).toMatch(/^Unknown option '--prot'.*\n\nUsage: npm start -- \[options\]/);
  });
});
