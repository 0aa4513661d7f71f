import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCli } from '../support/run-cli.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const newFolder = temporaryFolders();
const note = 'The font has no picture for these characters: 漢.';

describe('the command line at a job that failed with a note', () => {
  let server: Server;
  let cli: (...args: string[]) => ReturnType<typeof runCli>;
  beforeAll(async () => {
    const job = {
      job_id: 'x',
      status: 'failed',
      filename: 'talk.mp4',
      error_code: 'no_clips',
      notes: [note],
    };
    server = createServer(({ url }, response) => {
      const answer = url!.endsWith('/clips') ? { clips: [] } : { ...job, progress: {}, segments: [] };
      response.end(JSON.stringify(answer));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const CLIPWRIGHT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    cli = (...args) => runCli(args, { environment: { CLIPWRIGHT_URL } });
  });
  afterAll(() => void server.close());

  it.each([
    ['status', 'x'],
    ['status', 'x', '--monitor'],
    ['clips', 'x'],
    ['clips', 'x', '--download', join(newFolder(), 'out')],
  ])('shows the note, says that it failed and ends with 1: %s %s %s', async (...args) => {
    const told = await cli(...args);
    const json = await cli(...args, '--json');

    expect(told).toMatchObject({ exitCode: 1, stdout: expect.stringContaining(`Note: ${note}\n`) });
    expect(told.stdout).toMatch(/talk\.mp4 failed: no_clips/);
    expect(JSON.parse(json.stdout)).toMatchObject({ notes: [note] });
  });
});
