import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ownerArn } from '../../local/iam/create-access.ts';
import { bucketName as Bucket, ownerKeys } from '../support/local-s3.ts';

let dataDir: string;
const created: string[] = [];
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'local-s3-kill-'));
});
afterAll(() => rm(dataDir, { recursive: true }));

async function startProcess() {
  const script = join(process.cwd(), 'test/support/local-s3-process.ts');
  const child = spawn(process.execPath, [script, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  const endpoint = await new Promise<string>((resolve) => {
    createInterface(child.stdout).on('line', (line) => {
      const parsed = JSON.parse(line);
      if (typeof parsed === 'string') resolve(parsed);
      else created.push(parsed.detail.object.key);
    });
  });
  const credentials = ownerKeys.get(ownerArn)!;
  const client = new S3Client({ region: 'us-east-1', endpoint, credentials, maxAttempts: 1 });
  return {
    client,
    async kill() {
      child.kill('SIGKILL');
      await closed;
    },
  };
}

describe('a server that is killed while objects come', () => {
  it('keeps every one that it answered for, whole, tells of each, and keeps nothing else', async () => {
    const answered: string[] = [];
    for (const round of [0, 1, 2]) {
      const { client, kill } = await startProcess();
      const puts = Array.from({ length: 40 }, async (_, index) => {
        const Key = `${round}/${index}`;
        await client.send(new PutObjectCommand({ Bucket, Key, Body: Key.repeat(20_000) }));
        answered.push(Key);
        if (answered.length === (round + 1) * 7) await kill();
      });
      await Promise.allSettled(puts);
      await kill();
      client.destroy();
    }

    const { client, kill } = await startProcess();
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
    const stored = Contents.map(({ Key }) => Key!);
    for (const Key of stored) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      expect(await Body?.transformToString()).toBe(Key.repeat(20_000));
    }
    await kill();
    client.destroy();

    expect(answered.length).toBeGreaterThanOrEqual(21);
    expect(stored).toEqual(expect.arrayContaining(answered));
    expect(new Set(created)).toEqual(new Set(stored));
    expect(await readdir(join(dataDir, Bucket, 'blobs'))).toHaveLength(stored.length);
  });
});
