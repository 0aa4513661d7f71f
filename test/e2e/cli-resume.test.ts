import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anApi } from '../support/api.ts';
import { aCloud, type TestCloud } from '../support/cloud.ts';
import { largeRecording } from '../support/large-recording.ts';
import { type CliOptions, runCli } from '../support/run-cli.ts';
import { type Fault, storageProxy } from '../support/storage-proxy.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const newFolder = temporaryFolders();
const mib = 1024 ** 2;
const partCount = 9;

let local: TestCloud;
beforeAll(async () => {
  local = await aCloud();
});
afterAll(() => local.stop());

/** The process that was started last. */
let cli: ChildProcess | undefined;
const onStart = (started: ChildProcess) => {
  cli = started;
};

/** Ends that process, once, when so many bytes went up. */
function endAt(endBytes: number, signal: NodeJS.Signals) {
  let ended = false;
  return (bytes: number) => {
    if (bytes < endBytes || ended) return;
    ended = true;
    cli?.kill(signal);
  };
}

/** A recording of nine parts, a memory of its own for the uploads, and a way to run the same command again and again. */
function anUpload() {
  const folder = newFolder();
  const file = largeRecording(join(folder, 'talk.mp4'), 8 * 5 * mib + 1000);
  const state = join(folder, 'state');
  const run = (apiUrl: string, more: string[] = [], options: CliOptions = {}) =>
    runCli(
      [
        'upload',
        file,
        '--url',
        apiUrl,
        '--part-size',
        '5',
        '--segments',
        '1',
        '--min-duration',
        '3',
        ...more,
      ],
      { ...options, environment: { XDG_STATE_HOME: state } },
    );
  return {
    file,
    run,
    records: () => readdirSync(join(state, 'clipwright')),
    recordsFolder: join(state, 'clipwright'),
  };
}

describe('an upload by the command line', () => {
  it('survives being killed at random points, sends no finished part twice, and ends in clips', async () => {
    const { run, records, recordsFolder } = anUpload();
    let killAtBytes = 0;
    const proxy = await storageProxy(local.cloud, {
      onBytes: (bytes) => bytes >= killAtBytes && cli?.kill('SIGKILL'),
    });

    for (let at = 0; at < 4; at += 1) {
      killAtBytes += (0.1 + Math.random() * 0.9) * 10 * mib;
      expect((await run(proxy.apiUrl, [], { onStart })).exitCode).toBeNull();
    }
    const recordNames = records().filter((name) => name.endsWith('.json'));
    const record = readFileSync(join(recordsFolder, recordNames[0]!), 'utf8');
    const mode = statSync(join(recordsFolder, recordNames[0]!)).mode & 0o777;
    killAtBytes = Number.POSITIVE_INFINITY;
    const last = await run(proxy.apiUrl, ['--monitor', '--json']);
    proxy.stop();

    expect(recordNames).toHaveLength(1);
    expect(record).not.toMatch(/http|X-Amz|token/i);
    expect(mode).toBe(0o600);
    expect(last.stderr).toContain('Going on with the upload that was begun before.');
    expect(last.exitCode).toBe(0);
    expect(JSON.parse(last.stdout)).toMatchObject({ status: 'completed', clips: [{ clip_id: 1 }] });
    expect(proxy.sentTwice).toEqual([]);
    expect(proxy.finishedParts.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: partCount }, (_, i) => i + 1),
    );
    expect(records()).toEqual([]);
  });

  it('stays resumable on Ctrl-C, and says how to go on', async () => {
    const { run, records } = anUpload();
    const proxy = await storageProxy(local.cloud, { onBytes: endAt(12 * mib, 'SIGINT') });

    const interrupted = await run(proxy.apiUrl, ['--json', '--parallel', '1'], { onStart });
    const again = await run(proxy.apiUrl);
    proxy.stop();

    expect(interrupted.exitCode).toBe(130);
    expect(interrupted.stderr).toContain('Run the same command again');
    expect(JSON.parse(interrupted.stdout)).toMatchObject({ error: { code: 'interrupted' } });
    expect(again.exitCode).toBe(0);
    expect(proxy.sentTwice).toEqual([]);
    expect(proxy.finishedParts).toHaveLength(partCount);
    expect(records()).toEqual([]);
  });

  it('gets through to a storage that fails one request in three', async () => {
    const { run } = anUpload();
    const kinds: Fault[] = ['error', 'slow-down', 'reset', 'forbidden'];
    let [requests, proxyFaults] = [0, 0];
    const proxy = await storageProxy(local.cloud, {
      faultOf: () => (requests++ % 3 === 2 ? kinds[proxyFaults++ % kinds.length] : undefined),
    });

    const { exitCode, stderr } = await run(proxy.apiUrl);
    proxy.stop();

    expect(exitCode).toBe(0);
    expect(proxy.faults.length).toBeGreaterThanOrEqual(3);
    expect(stderr).toMatch(/Upload: done \(41\.9 MB · \d retries\)/);
    expect(proxy.sentTwice).toEqual([]);
    expect(proxy.finishedParts).toHaveLength(partCount);
  });

  it('starts over where the service no longer knows what was begun, and says so', async () => {
    const { run, recordsFolder, records } = anUpload();
    const proxy = await storageProxy(local.cloud, { onBytes: endAt(6 * mib, 'SIGKILL') });
    await run(proxy.apiUrl, [], { onStart });
    const name = records().find((entry) => entry.endsWith('.json'))!;
    const { job_id, upload_id, s3_key } = JSON.parse(readFileSync(join(recordsFolder, name), 'utf8'));
    await anApi(local.cloud.apiUrl).post('/api/upload/multipart/abort', { job_id, upload_id, s3_key });

    const { exitCode, stderr } = await run(proxy.apiUrl);
    proxy.stop();

    expect(stderr).toContain('no longer knows the upload that was begun before; starting over');
    expect(exitCode).toBe(0);
  });

  it('throws away what was begun where --no-resume says so', async () => {
    const { run } = anUpload();
    const proxy = await storageProxy(local.cloud, { onBytes: endAt(12 * mib, 'SIGKILL') });
    await run(proxy.apiUrl, ['--parallel', '1'], { onStart });

    const { exitCode, stderr } = await run(proxy.apiUrl, ['--no-resume']);
    proxy.stop();

    expect(exitCode).toBe(0);
    expect(stderr).not.toContain('Going on');
    expect(proxy.sentTwice.length).toBeGreaterThan(0);
  });

  it('does not fight another process that uploads the same file', async () => {
    const { run } = anUpload();
    let other: ReturnType<typeof run> | undefined;
    const proxy = await storageProxy(local.cloud, {
      // The first one waits until the other has given up.
      faultOf: async () => {
        other ??= run(proxy.apiUrl);
        await other;
        return undefined;
      },
    });

    const first = await run(proxy.apiUrl);
    const second = await other!;
    proxy.stop();

    expect(first.exitCode).toBe(0);
    expect(second.exitCode).toBe(1);
    expect(second.stderr).toContain('Another clipwright uploads this file already');
    expect(proxy.finishedParts).toHaveLength(partCount);
  });
});
