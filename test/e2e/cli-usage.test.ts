import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { lastLine, runCli } from '../support/run-cli.ts';

const talk = 'test/media/fixtures/talk.mp4';

describe('the command line, called wrongly', () => {
  it.each([
    [['sing']],
    [['upload']],
    [['upload', 'no-such-file.mp4']],
    [['upload', talk, '--segments', 'many']],
    [['upload', talk, '--segment', '1:50-1:20']],
    [['status']],
    [['list', '--nonsense']],
    [['list', '--url', 'ftp://somewhere']],
  ])('ends with 2 for %j and says how it is called', async (args) => {
    const { exitCode, stdout, stderr } = await runCli(args);

    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('clipwright help');
  });

  it('tells at once that nobody is there, and where', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();

    const run = await runCli(['list', '--url', `http://127.0.0.1:${port}`, '--json']);

    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain(`No connection to 127.0.0.1:${port}: connect ECONNREFUSED`);
    expect(run.stderr).toContain('CLIPWRIGHT_URL');
    expect(lastLine(run)).toMatchObject({ error: { code: 'no-connection' } });
  });
});

describe('the command line, asked what it is', () => {
  it.each([[['help']], [['--help']], [['upload', '-h']], [[]]])(
    'answers %j with its exit codes',
    async (args) => {
      const { exitCode, stdout } = await runCli(args);

      expect(exitCode).toBe(0);
      expect(stdout).toContain('130 if interrupted');
    },
  );

  it('tells its version', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

    expect(await runCli(['--version'])).toMatchObject({ exitCode: 0, stdout: `clipwright ${version}\n` });
  });
});
