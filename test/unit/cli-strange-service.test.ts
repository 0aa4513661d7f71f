import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type CliOptions, runCli } from '../support/run-cli.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const newFolder = temporaryFolders();
const steering = '\x1b]0;owned\x07\x1b[2J\u202e';

describe('the command line at a service that is none, or means ill', () => {
  let server: Server;
  afterEach(() => void server.close());

  async function serviceAnswering(answer: (path: string, self: string) => unknown, status = 200) {
    server = createServer((request, response) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer(request.url!, url)));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return (args: string[], environment = {}, onStart?: CliOptions['onStart']) =>
      runCli(args, { environment: { CLIPWRIGHT_URL: url, ...environment }, onStart });
  }

  it('gives up at once where a quota is used up, whenever it may be tried again, and says why', async () => {
    const detail = 'You may upload 1 GiB a day.';
    const run = await serviceAnswering(() => ({ code: 'daily-bytes-exceeded', detail, errors: [] }), 429);

    const { exitCode, stderr } = await run(['list']);

    expect([exitCode, stderr]).toEqual([3, expect.stringContaining(detail)]);
  });

  it.each([['delete', 'x', '--yes'], ['retry', 'x'], ['status', 'x'], ['clips', 'x'], ['list']])(
    'takes no strange success for its own: %s',
    async (...args) => {
      for (const strange of [{}, [], null]) {
        const cli = await serviceAnswering(() => strange);

        const { exitCode, stdout, stderr } = await cli([...args, '--json']);

        expect(stderr).toMatch(/answered 200, but not as Clipwright does/);
        expect({ exitCode, ...JSON.parse(stdout) }).toMatchObject({
          exitCode: 3,
          error: { code: 'http-200' },
        });
        server.close();
      }
    },
  );

  it.each([[{ code: 5, errors: 'x' }], [{ code: 'x', errors: [null] }], [{ code: 'x', errors: [{}] }]])(
    'reads a refusal of any shape: %j',
    async (problem) => {
      const cli = await serviceAnswering(() => problem, 404);

      expect(await cli(['status', 'x'])).toMatchObject({ exitCode: 3, stderr: expect.stringMatching(/404/) });
    },
  );

  it('lets nobody steer the terminal', async () => {
    const job = { job_id: steering, status: steering, filename: steering, created_at: steering };
    const listed = await (await serviceAnswering(() => ({ jobs: [job] })))(['list']);
    server.close();
    const problem = { code: steering, detail: `${steering}\nsecond line`, errors: [{ field: steering }] };
    const refused = await (await serviceAnswering(() => problem, 404))(['status', 'x']);

    for (const { stdout, stderr } of [listed, refused])
      expect(stdout + stderr).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u);
    expect(refused.stderr).toContain('\n');
  });

  it('saves nothing outside the folder, whatever clips and their files are called', async () => {
    const out = join(newFolder(), 'a', 'b');
    mkdirSync(out, { recursive: true });
    const cli = await serviceAnswering((path, url) => {
      const file = { kind: 'video', format: '../../mp4', shape: '../../wide', fit: null, url: `${url}/file` };
      const other = { ...file, shape: '../../tall' };
      const clip = {
        clip_id: '../../../escaped',
        segment_title: 'x',
        start_time: 0,
        end_time: 1,
        duration: 1,
      };
      if (path.endsWith('/clips')) return { clips: [{ ...clip, size: 1, files: [file, other] }] };
      return { job_id: 'x', status: 'completed', filename: 'talk.mp4', progress: {}, segments: [] };
    });

    await cli(['clips', 'x', '--download', out]);

    expect(readdirSync(out).sort()).toEqual(['talk-escaped-x-tall.mp4', 'talk-escaped-x-wide.mp4']);
    expect(readdirSync(join(out, '..'))).toEqual(['b']);
    expect(existsSync(join(out, '../../escaped-x.mp4'))).toBe(false);
  });

  it('goes on when nobody reads its progress any more', async () => {
    const cli = await serviceAnswering(() => ({ code: 'x', detail: 'No.' }), 404);
    const silenced = await cli(['status', 'x', '--json'], {}, (started) => started.stderr!.destroy());

    expect(silenced).toMatchObject({ exitCode: 3, stdout: expect.stringContaining('"code":"x"') });
  });

  it('repeats no token that can’t be sent', async () => {
    const cli = await serviceAnswering(() => ({ jobs: [] }));

    const { exitCode, stdout, stderr } = await cli(['list', '--json'], { CLIPWRIGHT_TOKEN: 'secret\nother' });

    expect(exitCode).toBe(2);
    expect(stdout + stderr).not.toContain('secret');
  });
});
