import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCloud, type TestCloud } from '../support/cloud.ts';
import { runDemo } from '../support/run-demo.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const fixtures = join(import.meta.dirname, '../media/fixtures');
const newFolder = temporaryFolders();

/** Functions run with the data folder in their environment. */
function processesOf(dataDir: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(dataDir);
    } catch {
      return false; // ended meanwhile
    }
  });
}

describe('the demo, from nothing', () => {
  it('makes clips of the bundled recording and leaves no source, no audio and no cloud behind', async () => {
    const [dataDir, out] = [newFolder(), newFolder()];

    const { exitStatus, stdout } = await runDemo(['--data', dataDir, '--out', out, '--json']);

    expect(exitStatus).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(1);
    const outcome = JSON.parse(lines[0]!);
    expect(outcome).toMatchObject({
      status: 'completed',
      source_deleted: true,
      audio_deleted: true,
      source_bytes: 3_022_780,
      bytes_read: expect.any(Number),
      seconds: { upload: expect.any(Number), clipping: expect.any(Number), total: expect.any(Number) },
    });
    expect(outcome.clips).toHaveLength(3);
    for (const { file, poster, size, duration } of outcome.clips) {
      expect(readFileSync(file).subarray(4, 8).toString()).toBe('ftyp');
      expect(readFileSync(file)).toHaveLength(size);
      expect(readFileSync(poster).subarray(0, 3).toString('hex')).toBe('ffd8ff');
      expect(duration).toBeGreaterThanOrEqual(2.9);
    }
    expect(readdirSync(out)).toHaveLength(6);
    expect(existsSync(join(dataDir, 'cloud.json'))).toBe(false);
    expect(processesOf(dataDir)).toEqual([]);
  });

  it('stops what it started when it is interrupted, and leaves no half of a file', async () => {
    const [dataDir, out] = [newFolder(), newFolder()];
    let running: string[] = [];

    const { exitStatus, stdout, stderr } = await runDemo(
      ['--data', dataDir, '--out', out, '--json'],
      (text, demo) => {
        if (!text.includes('Render clips') || running.length > 0) return;
        running = processesOf(dataDir);
        demo.kill('SIGINT');
      },
    );

    expect(running).not.toEqual([]);
    expect(exitStatus).toBe(130);
    expect(stdout).toBe('');
    expect(stderr).toContain('Interrupted.');
    expect(readdirSync(out)).toEqual([]);
    expect(existsSync(join(dataDir, 'cloud.json'))).toBe(false);
    expect(processesOf(dataDir)).toEqual([]);
  });
});

describe('the demo, beside a cloud that runs', () => {
  let local: TestCloud;
  beforeAll(async () => {
    local = await aCloud();
  });
  afterAll(() => local.stop());

  it('uses it, leaves it running, and tells people all they want to know but no signature', async () => {
    const out = newFolder();
    const args = ['--segments', '2', '--min-duration', '3', '--max-duration', '5', '--out', out];

    const { exitStatus, stdout } = await runDemo([
      ...[join(fixtures, 'speech.flac'), '--data', local.dataDir],
      ...args,
    ]);

    expect(exitStatus).toBe(0);
    expect(stdout).toContain(`Using the cloud that runs at ${local.cloud.apiUrl}`);
    expect(stdout).toContain('2 clips from speech.flac (1.2 MB, 0:11.00)');
    expect(stdout).toMatch(/Took {2}upload \d.* · render \d.* · total \d/);
    expect(stdout).toMatch(/Gone {2}source and audio, 1\.\d MB freed/);
    expect(stdout).not.toMatch(/X-Amz|Signature/i);
    expect(readdirSync(out).filter((name) => name.endsWith('.mp4'))).toHaveLength(2);
    expect((await fetch(`${local.cloud.apiUrl}/api/health`)).status).toBe(200);
  });

  it('says why a recording is too short, and which flags help', async () => {
    const { exitStatus, stdout, stderr } = await runDemo([
      ...[join(fixtures, 'speech.flac'), '--data', local.dataDir],
      ...['--min-duration', '20', '--out', newFolder(), '--json'],
    ]);

    expect(exitStatus).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'failed',
      error_code: 'source_too_short',
      clips: [],
      source_deleted: false,
    });
    expect(stderr).toContain('The recording is 11 s long, but clips of at least 20 s were asked.');
    expect(stderr).toContain('--min-duration (it was 20)');
    expect(stderr).toContain('the source is kept');
  });

  it('hands on what the API says of a file that it does not take', async () => {
    const file = join(newFolder(), 'letter.docx');
    writeFileSync(file, 'Dear reader');

    const { exitStatus, stderr } = await runDemo([file, '--data', local.dataDir]);

    expect(exitStatus).toBe(1);
    expect(stderr).toContain('Refused (unsupported-file-type)');
  });
});

describe('the demo, called wrongly', () => {
  it.each([[['--segments', 'x']], [['no-such-file.mp4']], [[fixtures]]])(
    'ends with 2 for %j',
    async (args) => {
      const { exitStatus, stdout, stderr } = await runDemo(args);

      expect(exitStatus).toBe(2);
      expect(stdout).toBe('');
      expect(stderr).toContain('npm run demo -- --help');
    },
  );

  it('says with --help what it takes', async () => {
    const { exitStatus, stdout } = await runDemo(['--help']);

    expect(exitStatus).toBe(0);
    expect(stdout).toContain('--min-duration S');
  });
});
