import { execFile, execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anApi } from '../support/api.ts';
import { aCloud, type TestCloud } from '../support/cloud.ts';
import { fixtures, runFfmpegHere } from '../support/media.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const run = promisify(execFile);
const newFolder = temporaryFolders();
const talk = join(fixtures, 'talk.mp4');
const oneClip = { segments: [{ start_time: 1, end_time: 3 }] };
let local: TestCloud;
let api: ReturnType<typeof anApi>;

beforeAll(async () => {
  local = await aCloud();
  api = anApi(local.cloud.apiUrl);
});
afterAll(() => local.stop());

function works(command: string, ...args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** `it` where the program is; elsewhere the test says in its title why it was skipped. */
function itWith(program: string, there: boolean) {
  return (title: string, body: () => Promise<void>) =>
    there ? it(title, body) : it.skip(`${title} (skipped: there is no ${program} here)`, body);
}
const itWithPython = itWith('python3 with requests', works('python3', '-c', 'import requests'));
const itWithCurl = itWith('curl', works('curl', '--version'));

describe("the README's script", () => {
  itWithPython('uploads with requests, waits, and prints the clips', async () => {
    const folder = newFolder();
    copyFileSync(talk, join(folder, 'talk.mp4'));
    const [, script = ''] = /```python\n([\s\S]*?)```/.exec(readFileSync('README.md', 'utf8')) ?? [];
    const here = script
      .replace('http://127.0.0.1:8600', local.cloud.apiUrl)
      .replace('"num_segments": 5', '"num_segments": 2, "min_duration": 2, "max_duration": 3');
    writeFileSync(join(folder, 'clips.py'), here);

    const { stdout } = await run('python3', ['clips.py'], { cwd: folder });

    const clips = stdout.split('\n').filter((line) => line.includes('X-Amz-Signature'));
    expect(here).toContain(local.cloud.apiUrl);
    expect(clips).toHaveLength(2);
  });
});

describe('curl', () => {
  const post = async (path: string, body: object) => {
    const headers = ['-H', 'content-type: application/json', '--location', '--fail-with-body'];
    const url = new URL(path, local.cloud.apiUrl).href;
    const { stdout } = await run('curl', ['-sS', ...headers, '-d', JSON.stringify(body), url]);
    return JSON.parse(stdout);
  };

  itWithCurl('uploads a file with the form', async () => {
    const presigned = await post('/api/upload/presigned-url/', {
      ...{ filename: 'talk.mp4', file_size: statSync(talk).size, auto_start: true },
      ...oneClip,
    });
    const fields = Object.entries(presigned.upload_fields).flatMap(([name, value]) => [
      '-F',
      `${name}=${value}`,
    ]);

    await run('curl', ['-sS', '--fail-with-body', ...fields, '-F', `file=@${talk}`, presigned.upload_url]);

    expect((await api.ended(presigned.job_id)).status).toBe('completed');
  });

  itWithCurl('uploads a file in parts', async () => {
    const folder = newFolder();
    const path = join(folder, 'long.mp4');
    runFfmpegHere('-stream_loop', '3', '-i', talk, '-c', 'copy', path);
    const content = readFileSync(path);
    const { num_parts, part_size, file_type, ...claim } = await post('/api/upload/multipart/initiate/', {
      ...{ filename: 'talk.mp4', file_size: content.length, part_size: 8_000_000, auto_start: true },
      ...oneClip,
    });
    const { urls } = await post('/api/upload/multipart/urls/', { ...claim, part_numbers: [1, 2] });

    for (const { part_number, url } of urls) {
      const part = join(folder, `part-${part_number}`);
      writeFileSync(part, content.subarray((part_number - 1) * part_size, part_number * part_size));
      await run('curl', ['-sS', '--fail-with-body', '-T', part, url]);
    }
    const { parts } = await post('/api/upload/multipart/parts/', claim);
    const completed = await post('/api/upload/multipart/complete/', {
      ...claim,
      parts: parts.map((sent: any) => ({ PartNumber: sent.part_number, ETag: sent.etag })),
    });

    expect({ num_parts, file_type, size: completed.size }).toEqual({
      ...{ num_parts: 2, file_type: 'video', size: content.length },
    });
    expect((await api.ended(claim.job_id)).status).toBe('completed');
  });
});
