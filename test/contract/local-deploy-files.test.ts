import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { BucketDeployment, Source } from '../../local/edge/bucket-deployments.ts';
import { deployFiles } from '../../local/edge/deploy-files.ts';
import { aLocalS3, bucketName, type LocalS3 } from '../support/local-s3.ts';
import { temporaryFolders } from '../support/temporary-folder.ts';

const newFolder = temporaryFolders();
let s3: LocalS3;
beforeEach(async () => {
  s3 = await aLocalS3();
});
afterEach(() => s3.stop());

function aSource(files: Record<string, string>, { markers = {}, jsonEscape = false } = {}): Source {
  const folder = newFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return { folder, markers, jsonEscape };
}

const deploy = (sources: Source[], options: Partial<BucketDeployment> = {}) =>
  deployFiles(
    { roleArn: '', bucketName, prefix: '', sources, exclude: [], prune: true, ...options },
    s3.owner,
  );
const put = (Key: string) => s3.owner.send(new PutObjectCommand({ Bucket: bucketName, Key, Body: 'old' }));
const keys = async () =>
  (await s3.owner.send(new ListObjectsV2Command({ Bucket: bucketName }))).Contents?.map(({ Key }) => Key) ??
  [];
const content = async (Key: string) =>
  (await s3.owner.send(new GetObjectCommand({ Bucket: bucketName, Key }))).Body?.transformToString();

describe('a deployment of files', () => {
  it('sends them with their types and what was said of caches', async () => {
    await deploy([aSource({ 'index.html': '<p>', 'a/b.js': '1', 'c.bin': '2' })], {
      cacheControl: 'no-cache',
    });

    const headers = await Promise.all(
      ['index.html', 'a/b.js', 'c.bin'].map(async (Key) => {
        const head = await s3.owner.send(new HeadObjectCommand({ Bucket: bucketName, Key }));
        return [head.ContentType, head.CacheControl];
      }),
    );
    expect(headers).toEqual([
      ['text/html', 'no-cache'],
      ['text/javascript', 'no-cache'],
      ['application/octet-stream', 'no-cache'],
    ]);
  });

  it('puts values where their markers stand, escaped in JSON, and leaves other sources alone', async () => {
    const marked = { 'config.json': '{"a":"<<1>>"}' };
    const markers = { '<<1>>': 'say "$&"' };

    await deploy([aSource(marked, { markers, jsonEscape: true }), aSource({ 'page.html': '<<1>>' })]);

    expect(JSON.parse((await content('config.json')) ?? '')).toEqual({ a: 'say "$&"' });
    expect(await content('page.html')).toBe('<<1>>');
  });

  it('takes away what is not there any more, but for what is excluded', async () => {
    for (const key of ['old.html', 'index.html', 'assets/old.js']) await put(key);

    await deploy([aSource({ 'index.html': 'new', 'assets/new.js': '' })], { exclude: ['assets/*'] });

    expect(await keys()).toEqual(['assets/old.js', 'index.html']);
    expect(await content('index.html')).toBe('new');
  });

  it('stays under its prefix, and takes nothing away unless told', async () => {
    for (const key of ['index.html', 'assets/old.js']) await put(key);

    await deploy([aSource({ 'new.js': '' })], { prefix: 'assets/', prune: false });
    const kept = await keys();
    await deploy([aSource({ 'new.js': '' })], { prefix: 'assets/' });

    expect(kept).toEqual(['assets/new.js', 'assets/old.js', 'index.html']);
    expect(await keys()).toEqual(['assets/new.js', 'index.html']);
  });
});
