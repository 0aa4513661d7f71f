import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Cloud, startCloud } from '../../local/cloud.ts';
import { eventually } from '../support/eventually.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';
import { writeTinyAssembly } from '../support/tiny-assembly.ts';

const newFolder = temporaryFolders();
const clouds: Cloud[] = [];
afterEach(async () => {
  for (const cloud of clouds.splice(0)) await cloud.stop();
});

async function started({ dataDir = newFolder(), without = [] as string[], port = 0 } = {}) {
  const lines: string[] = [];
  const assemblyDir = writeTinyAssembly(join(newFolder(), 'assembly'), { without });
  const cloud = await startCloud({ assemblyDir, dataDir, port, log: (line) => lines.push(line) });
  clouds.push(cloud);
  return { cloud, dataDir, lines };
}

const put = ({ apiUrl }: Cloud, body: string) => fetch(`${apiUrl}/note`, { method: 'PUT', body });
const read = async ({ apiUrl }: Cloud) =>
  (await (await fetch(`${apiUrl}/note`)).json()) as { size: number | null };

const arrived = (cloud: Cloud, size: number) => eventually(async () => (await read(cloud)).size === size);

const bucketOf = ({ stack }: Cloud) => stack.ofType('AWS::S3::Bucket')[0]!.ref;
const s3Of = ({ s3Url, region, ownerKey }: Cloud) =>
  new S3Client({ endpoint: s3Url, region, credentials: ownerKey });

describe('the cloud of a template', () => {
  it('runs its functions behind its API, and what they do calls the others', async () => {
    const { cloud } = await started();

    const before = await read(cloud);
    const response = await put(cloud, 'twelve bytes');
    await arrived(cloud, 12);

    expect([before, response.status]).toEqual([{ size: null }, 204]);
  });

  it('says where it is while it runs, and no longer', async () => {
    const { cloud, dataDir } = await started();
    const path = join(dataDir, 'cloud.json');

    const told = JSON.parse(readFileSync(path, 'utf8')) as unknown;
    await cloud.stop();

    expect(told).toEqual({
      pid: process.pid,
      apiUrl: cloud.apiUrl,
      s3Url: cloud.s3Url,
      startedAt: expect.any(String),
    });
    expect(existsSync(path)).toBe(false);
  });

  it('makes its stack only once folder and port are its own, and gives both back if that fails', async () => {
    const { cloud, dataDir } = await started();
    const port = Number(new URL(cloud.apiUrl).port);
    const asked: string[] = [];
    const start = (where: { dataDir: string; port: number }) =>
      startCloud({
        ...where,
        log() {},
        fresh: true,
        async assemblyDir() {
          asked.push(where.dataDir);
          throw new Error('The stack is broken');
        },
      });

    await expect(start({ dataDir, port: 0 })).rejects.toMatchObject({ name: 'FolderInUse' });
    await expect(start({ dataDir: newFolder(), port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(asked).toEqual([]);

    await cloud.stop();
    const kept = readdirSync(dataDir);
    for (let tries = 0; tries < 2; tries += 1)
      await expect(start({ dataDir, port })).rejects.toThrow('The stack is broken');
    expect(asked).toEqual([dataDir, dataDir]);
    expect(readdirSync(dataDir)).toEqual(kept);
  });

  it('goes on after a restart: objects, rows, and presigned URLs', async () => {
    const first = await started();
    await put(first.cloud, 'kept');
    await arrived(first.cloud, 4);
    const port = Number(new URL(first.cloud.apiUrl).port);
    await first.cloud.stop();

    // On its old ports, as `npm start` does: a presigned URL names the port of S3.
    const second = await started({ dataDir: first.dataDir, port });
    const command = new GetObjectCommand({ Bucket: bucketOf(second.cloud), Key: 'note' });
    const url = await getSignedUrl(s3Of(second.cloud), command);
    await second.cloud.stop();
    const third = await started({ dataDir: first.dataDir, port });

    expect(await (await fetch(url)).text()).toBe('kept');
    expect(await read(third.cloud)).toEqual({ size: 4 });
  });

  it('keeps its secret to its owner', async () => {
    const { dataDir } = await started();

    expect(statSync(join(dataDir, 'machine-secret')).mode & 0o777).toBe(0o600);
  });

  it('tells which grants were needed', async () => {
    const { cloud } = await started();

    await put(cloud, 'x');

    const used = cloud.usage().filter(({ actionsUsed }) => actionsUsed.includes('s3:PutObject'));
    expect(used).toHaveLength(1);
  });

  it('leaves no process behind when it stops', async () => {
    const { cloud } = await started();
    await put(cloud, 'x');
    const children = () => execFileSync('ps', ['--ppid', String(process.pid), '-o', 'args=']).toString();
    const running = children();

    await cloud.stop();

    expect(running).toContain('bootstrap.ts');
    expect(children()).not.toContain('bootstrap.ts');
  });
});

describe('a template from which something was taken', () => {
  it.each([
    ['the grant of a function', 'PutPolicy'],
    ['the permission of the API', 'PutPermission'],
  ])('fails here as it would there: %s', async (_what, logicalId) => {
    const { cloud } = await started({ without: [logicalId] });

    const response = await put(cloud, 'x');

    expect([response.status, await response.json()]).toEqual([500, { message: 'Internal Server Error' }]);
  });

  it('says which permission was missing', async () => {
    const { cloud, lines } = await started({ without: ['PutPermission'] });

    await put(cloud, 'x');

    expect(lines.join()).toMatch(
      /AccessDenied: User: apigateway\.amazonaws\.com is not authorized to perform: lambda:InvokeFunction/,
    );
  });

  it('does not deliver events without the permission of the rule', async () => {
    const { cloud, lines } = await started({ without: ['ArrivedPermission'] });

    await put(cloud, 'x');
    await eventually(() => lines.length > 0);

    expect(lines[0]).toMatch(/events\.amazonaws\.com is not authorized .*; it is dropped$/);
    expect(await read(cloud)).toEqual({ size: null });
  });

  it('is not started at all where it does not hold together, and the folder is free again', async () => {
    const dataDir = newFolder();

    await expect(started({ dataDir, without: ['PutRole'] })).rejects.toThrow('refers to PutRole');
    await expect(started({ dataDir })).resolves.toBeDefined();
  });
});

describe('a second cloud', () => {
  it('is refused the folder of the first', async () => {
    const { dataDir } = await started();

    await expect(started({ dataDir })).rejects.toMatchObject({ name: 'FolderInUse' });
  });

  it('is refused the port of the first', async () => {
    const { cloud } = await started();

    await expect(started({ port: Number(new URL(cloud.apiUrl).port) })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });
});
